//! What is a formula, what is not, and where the first fault stands.

use super::*;

#[test]
fn tokens_of_every_kind() {
    check(
        r#"0 => 0
        1. => 1
        1.e2 => 100
        .5 => 0.5
        .5e1 => 5
        1e5 => 100000
        1E+05 => 100000
        2e-2 => 0.02
        0e7 => 0
        1and 2 => true
        1/**/+/* * / */2 => 3
        /* a /* b */ 4 => 4
        if (true, 1, 2) => 1
        'a"b' => "a\"b"
        "a'b" => "a'b"
        'a\'b' => "a'b"
        "\b\t\n\f\r\"\\" => "\u{8}\t\n\u{c}\r\"\\"
        '\101\60\7' => "A0\u{7}"
        '\400' => " 0"
        '\377' => "ÿ"
        '\18' => "\u{1}8"
        '\u0111\u1EA1y' => "đạy"
        '\ud83d\uDE00' => "😀"
        #{a} == 0 => null: missing
        #{0-_9.x_-} == 0 => null: missing"#,
    );
    check("1\t+\r\n2 => 3".replace("\r\n", "\r").as_str());
}

#[test]
fn faults_stand_where_they_begin() {
    check(
        r#"=> syntax@0
        1 + => syntax@3
        1 1 => syntax@2
        05 => syntax@1
        1_000 => syntax@1
        1,5 => syntax@1
        2x => syntax@1
        1e => syntax@1
        1e+ => syntax@1
        1..2 => syntax@2
        . => syntax@0
        (1 => syntax@2
        1) => syntax@1
        () => syntax@1
        1 = 1 => syntax@2
        1 === 1 => syntax@4
        1 <> 1 => syntax@3
        1 & 1 => syntax@2
        1 | 1 => syntax@2
        * 2 => syntax@0
        not => syntax@3
        1 not 2 => syntax@2
        1 AND 2 => syntax@2
        True => syntax@0
        abc => syntax@0
        nota => syntax@0
        if => syntax@0
        in => syntax@0
        1 in 2 => syntax@2
        'abc => syntax@0
        1 + 'abc" => syntax@4
        'a\q' => syntax@2
        '\8' => syntax@1
        '\u12' => syntax@1
        '\ud83d' => syntax@1
        '\ud83dx' => syntax@1
        '\ude00' => syntax@1
        '\ud83d\u0041' => syntax@1
        /* open => syntax@0
        # {a} => syntax@0
        #{} => syntax@2
        #{a => syntax@0
        #{a b} => syntax@3
        #{ a} => syntax@2
        #{-a} => syntax@2
        #{a.} => syntax@4
        #{a.b.c.d} => syntax@0
        #{đ} => syntax@2
        C{a.b} => syntax@3
        C {a} => syntax@2
        @ => syntax@0
        1 + đ => syntax@4
        'đạ' + => syntax@6
        is(1) => syntax@4
        is(1, 2) => syntax@4
        is(1 in) => syntax@7
        if(1,) => syntax@5
        if(,) => syntax@3
        foo(1) => unknown_name@0
        1 + If(1,2,3) => unknown_name@4
        #{a}.foo(1) => unknown_name@4"#,
    );
    check(&format!("#{{{}}} => syntax@2", "a".repeat(65)));
    check(&format!("#{{{0}.{0}}} == 1 => null: missing", "a".repeat(64)));
    assert_eq!(shown("'a\nb'", &Keyed::default(), MissingStrategy::Any), "syntax@0");
    assert_eq!(shown("1\u{a0}+ 1", &Keyed::default(), MissingStrategy::Any), "syntax@1");
}

#[test]
fn dhis2_names_that_are_not_offered() {
    check(
        "D{abc.def} => unsupported@0
        1 + A{x} => unsupported@4
        I{x} => unsupported@0
        N{x} => unsupported@0
        R{x.REPORTING_RATE} => unsupported@0
        OUG{x} => unsupported@0
        V{event_date} => unsupported@0
        V{event_date => syntax@0
        [days] => unsupported@0
        [hours] => syntax@0
        #{a.b.c} => unsupported@0
        #{a.*.c} => unsupported@0
        #{a.*} => syntax@0
        #{a}.periodOffset(-1) => unsupported@4
        #{a} .aggregationType(SUM) => unsupported@5
        subExpression(1) => unsupported@0
        orgUnit.ancestor(x) => unsupported@0
        d2:hasValue(x) => unsupported@0
        normDistCum(1) => unsupported@0
        avg(#{a}) => unsupported@0
        stddevPop(#{a}) => unsupported@0
        max(1, 2) => unsupported@0
        sum => syntax@0
        parent(1 + parent(#{a})) => unsupported@11
        parent(#{a}) + parent(#{a}) => null: missing",
    );
    assert!(Formula::parse("d2:ceil(1)").unwrap_err().message.contains("d2:ceil"));
}

#[test]
fn wrong_numbers_of_arguments() {
    check(
        "if(1, 2) => arity@0
        if() => arity@0
        if(1,2,3,4) => arity@0
        isNull() => arity@0
        isNull(1, 2) => arity@0
        firstNonNull() => arity@0
        greatest() => arity@0
        1 + log() => arity@4
        log(1,2,3) => arity@0
        contains('a') => arity@0
        prev() => arity@0
        prev(#{a}, #{b}) => arity@0
        parent() => arity@0
        round(1,2,3) => arity@0
        pct(1) => arity@0
        false and if(1) => arity@10",
    );
}

#[test]
fn nesting_has_a_limit_and_flat_runs_have_none() {
    let nest = |open: &str, core: &str, close: &str, count: usize| {
        let text = format!("{}{core}{}", open.repeat(count), close.repeat(count));
        shown(&text, &Keyed::default(), MissingStrategy::Any)
    };
    assert_eq!(nest("(", "1", ")", DEPTH_MAX), "1");
    assert_eq!(nest("(", "1", ")", DEPTH_MAX + 1), "too_deep@200");
    assert_eq!(nest("(", "1", "", 100_000), "too_deep@200");
    assert_eq!(nest("-", "1", "", DEPTH_MAX), "1");
    assert_eq!(nest("-", "1", "", DEPTH_MAX + 1), "too_deep@200");
    assert_eq!(nest("not ", "true", "", 100_000), "too_deep@800");
    assert_eq!(nest("2^", "1", "", 100_000), "too_deep@401");
    assert_eq!(nest("round(", "1", ")", DEPTH_MAX), "1");
    assert_eq!(nest("round(", "1", ")", 300), "too_deep@1200");
    assert_eq!(nest("true or false and 1 == 1 < 1 + 1 * (", "1", ")", DEPTH_MAX), "true");
    assert_eq!(nest("1 + 0 * 2 ^ -round(", "1", ")", 66), "1");
    assert_eq!(nest("1+", "1", "", 100_000), "100001");
    assert_eq!(nest("true and ", "true", "", 100_000), "true");
    assert_eq!(nest("", "2 * 0", " * 5", 100_000), "0");
}

#[test]
fn printing_keeps_the_meaning() {
    for (text, printed) in [
        ("1+2*3", "1 + 2 * 3"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("((1-(2-3)))", "1 - (2 - 3)"),
        ("(1-2)-3", "(1 - 2) - 3"),
        ("(-2)^2", "(-2) ^ 2"),
        ("-2^-2^3", "-2 ^ -2 ^ 3"),
        ("(2^3)^2", "(2 ^ 3) ^ 2"),
        ("!(a)&&1||not 2".replace("(a)", "(true)").as_str(), "not true and 1 or not 2"),
        ("is( #{x.y} in 1,\"a'\\n\")", "is(#{x.y} in 1, 'a\\'\\n')"),
        ("parent( prev( #{a} ) )/C{k}", "parent(prev(#{a})) / C{k}"),
        ("1e400", "1e999"),
    ] {
        let formula = Formula::parse(text).unwrap();
        assert_eq!(formula.to_string(), printed);
        assert_eq!(Formula::parse(printed).unwrap(), formula);
    }
}
