//! Finds the comparison in the text of a rule.

/// Splits a rule at its one comparison outside brackets and quotes.
pub(super) fn at_comparison(rule: &str) -> Option<(String, String, String)> {
    let (mut depth, mut quote, mut found) = (0_i32, None, Vec::new());
    let mut skip_until = 0;
    for (at, c) in rule.char_indices().filter(|(_, c)| c.is_ascii()) {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '{') => depth += 1,
            (None, ')' | '}') => depth -= 1,
            (None, '=' | '<' | '>' | '!') if depth == 0 && at >= skip_until => {
                let operator = ["==", "<=", ">=", "<", ">"].into_iter().find(|o| rule[at..].starts_with(o))?;
                skip_until = at + operator.len();
                found.push((at, operator));
            }
            _ => {}
        }
    }
    let [(at, operator)] = found[..] else { return None };
    let (left, right) = (rule[..at].trim(), rule[at + operator.len()..].trim());
    (!left.is_empty() && !right.is_empty()).then(|| (left.to_owned(), operator.to_owned(), right.to_owned()))
}
