//! Operators, functions, null and missing values, line by line.

use super::*;

#[test]
fn worked_examples_of_the_manual() {
    let examples = include_str!("examples.jsonl");
    assert_eq!(examples.lines().count(), 14);
    for line in examples.lines() {
        let example: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut items = Keyed::default();
        for (key, value) in example["values"].as_object().unwrap() {
            let value = match value {
                serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
                serde_json::Value::String(text) => Value::Text(text.clone()),
                other => Value::Boolean(other.as_bool().unwrap()),
            };
            items.0.insert(key.clone(), value);
        }
        let missing = serde_json::from_value(example["missing"].clone()).unwrap();
        let expected = match (&example["value"], example["error"].as_str()) {
            (_, Some(error)) => error.to_owned(),
            (serde_json::Value::Null, _) => format!("null: {}", example["reason"].as_str().unwrap()),
            (value, _) => value.to_string(),
        };
        let found = shown(example["formula"].as_str().unwrap(), &items, missing);
        assert_eq!(found.split('@').next().unwrap(), expected, "{line}");
    }
}

#[test]
fn operators_bind_and_group() {
    check(
        "2 ^ 3 ^ 2 => 512
        -2 ^ 2 => -4
        2 ^ -1 => 0.5
        2 ^ -1 ^ 2 => 0.5
        - - 3 => 3
        !true => false
        not not true => true
        -+-5 => 5
        7 % 4 * 10 => 30
        -7 % 4 => -3
        7 % -4 => 3
        10 - 4 - 3 => 3
        64 / 4 / 2 => 8
        not 1 > 0 => false
        1 < 2 == true => true
        3 > 2 > 1 => false
        1 + 2 == 3 && 2 < 3 => true
        true || false && false => true
        (true or false) and false => false
        0 ^ 0 => 1
        (-8) ^ 3 => -512
        4 ^ 0.5 => 2
        (-8) ^ 0.5 => null: not_finite",
    );
}

#[test]
fn types_convert_or_fail() {
    check(
        "'5' + 1 => 6
        ' +05.50 ' * 2 => 11
        '1e2' + 0 => 100
        '5.' + 0 => 5
        '.5' + 0 => 0.5
        '' + 1 => type@0
        '5 5' + 1 => type@0
        '--5' + 1 => type@0
        '- 5' + 1 => type@0
        '0x10' + 1 => type@0
        'Infinity' + 1 => type@0
        'nan' + 1 => type@0
        1 + true => type@4
        -true => type@1
        +'7' => 7
        true + 1 => type@0
        1 + (2 > 1) => type@4
        not 0 => true
        not 7 => false
        not 0.5 => type@4
        not 'TRUE' => false
        not 'False' => true
        not '1' => type@4
        not (0/0) => type@4
        not (1/0) => type@4
        if('true', 1, 2) => 1
        if(2, 1, 2) => 1
        if(0.1, 1, 2) => type@3
        if('yes', 1, 2) => type@3
        true and 5 => true
        true and 0 => false
        true and 'abc' => type@9
        false or 3 => true
        5 => 5
        'a' => \"a\"
        true => true",
    );
}

#[test]
fn comparisons_pick_the_first_rule_that_fits() {
    check(
        "5 == '5.0' => true
        5 == ' 05 ' => true
        '5' == '5.0' => false
        '10' < '9' => true
        10 < '9' => false
        2 == true => true
        2 > true => false
        0 == false => true
        0.5 == true => type@0
        true == 0.5 => type@0
        true > false => true
        'true' == true => true
        'TRUE' == true => true
        '1' == true => false
        '1' < true => true
        'x' > true => true
        5 < 'a' => true
        1.50 == '1.5a' => false
        1.5 < '1.5a' => true
        100000 == '100000' => true
        '2025-09-05' < '2025-10-01' => true
        'đ' > 'z' => true
        0/0 == 0/0 => false
        0/0 != 0/0 => true
        0/0 < 'a' => false
        0/0 != 'a' => true
        0/0 == true => type@0
        1/0 > 5 => true
        1/0 == true => type@0
        '' == '' => true
        '' == 0 => false",
    );
}

#[test]
fn null_spreads_and_stops() {
    check(
        "null => null: undefined
        1 + null => null: undefined
        null + true => null: undefined
        null + (1 + true) => type@12
        null == null => null: undefined
        not null => null: undefined
        -null => null: undefined
        log(null) => null: undefined
        log(2, null) => null: undefined
        if(null, 1, 2) => null: undefined
        if(true, null, 2) => null: undefined
        null and (1 + true) => null: undefined
        false and (1 + true) => false
        true and null => null: undefined
        true or (1 + true) => true
        false or null => null: undefined
        null or true => true
        null or false => null: undefined
        null or null or true => true
        null or 'abc' => type@8
        null and true and (1 + true) => null: undefined
        isNull(null) => true
        isNotNull(null) => false
        isNull('') => false
        isNull(0/0) => false
        isNotNull(1/0) => true
        isNull(null + 1) => true
        firstNonNull(null, null) => null: undefined
        firstNonNull(null, 'a', 2) => \"a\"
        greatest(null, 3, null, 5) => 5
        least(3, '2') => 2
        greatest(null) => null: undefined
        greatest(1, 0/0) => null: not_finite
        greatest(1, true) => type@12
        removeZeros(0) => null: undefined
        removeZeros('0') => \"0\"
        removeZeros(-0) => null: undefined
        removeZeros(false) => false
        removeZeros(3) => 3
        is(2 in 1, '2.0') => true
        is(null in null) => false
        is(1 in null, 1) => true
        is('a' in 'b') => false
        is(0.5 in true) => type@10
        contains('abcd', 'ab', 'cd') => true
        contains('abcd', 'ab', 'x') => false
        contains('abcd', '') => true
        contains(null, 'a') => null: undefined
        contains('a', null) => null: undefined
        contains(1234, 23) => true
        contains(true, 'ru') => true
        containsItems('a,b c,d', 'b c', 'a') => true
        containsItems('a,b c,d', 'b') => false
        containsItems('a, b', 'b') => false
        containsItems('1,2', 2) => true",
    );
}

#[test]
fn zero_divisors_follow_ieee_and_never_leave() {
    check(
        "1/0 => null: not_finite
        0/0 => null: not_finite
        5 % 0 => null: not_finite
        log(0) => null: not_finite
        log(-1) => null: not_finite
        log10(1000) => 3
        log(8, 2) => 3
        log(8, 1) => null: not_finite
        1 / (1/0) => 0
        -1/0 < 0 => true
        least(1, log(0)) < -1e308 => true
        if(0/0 == 0/0, 1, 2) => 2
        1e308 * 10 => null: not_finite
        1e999 => null: not_finite
        -0 => 0
        0 * -1 => 0
        -4 % 2 => 0
        round(-0.4) => 0",
    );
}

#[test]
fn missing_values_by_strategy() {
    use MissingStrategy::{All, Any, Never};
    let pairs = "a=4 z=0 parent:a=40 prev:a=3 parent:prev:a=30 t=abc C{k}=2 a.girls=1";
    for (missing, expected) in [(Any, "null: missing"), (All, "4"), (Never, "4")] {
        check_with(pairs, missing, &format!("#{{a}} + #{{b}} => {expected}"));
    }
    for (missing, expected) in [(Any, "null: missing"), (All, "null: missing"), (Never, "0")] {
        check_with(pairs, missing, &format!("#{{b}} + #{{c}} => {expected}"));
    }
    check_with(
        pairs,
        Any,
        "#{a} / #{z} => null: not_finite
        #{b} / 0 => null: missing
        if(#{z} > 0, #{b}, 7) => 7
        if(#{a} > 0, #{b}, 7) => null: missing
        #{z} > 0 and #{b} > 0 => false
        #{a} > 0 or #{b} > 0 => true
        isNull(#{b}) => true
        isNull(#{a}) => false
        isNull(#{a} + #{b}) => true
        isNull(prev(#{b})) => true
        isNotNull(parent(#{a})) => true
        firstNonNull(#{b}, prev(#{a})) => 3
        firstNonNull(#{b}, #{b} + 1, 9) => 9
        firstNonNull(#{b}, #{c}) => null: undefined
        firstNonNull(#{a}, 1) + #{b} => null: missing
        is(4 in #{a}, #{b}) => null: missing
        #{b} + true => type@7
        #{t} + 1 => type@0
        #{b} == 0 => null: missing
        C{k} * 2 => 4
        C{none} => unknown_constant@0
        1 + C{none} => unknown_constant@4
        isNull(C{none}) => unknown_constant@7
        if(true, 1, C{none}) => 1
        #{a.girls} => 1
        #{a.boys} => null: missing
        prev(#{a}) => 3
        prev( ( #{a} ) ) => 3
        parent(#{a} + prev(#{a})) => 70
        parent(C{k}) => 2
        #{a} + parent(#{a}) + #{a} => 48
        prev(1) => type@0
        prev(C{none}) => type@0
        prev(#{a} + 1) => type@0
        prev(prev(#{a})) => type@0
        prev(parent(#{a})) => type@0
        if(true, 1, prev(2)) => 1
        pct(#{a}, #{z}) => null: undefined
        pct(#{a}, #{b}) => null: missing",
    );
    check_with(
        pairs,
        All,
        "C{k} + 1 => 3
        firstNonNull(#{b}, 5) => 5
        pct(#{a}, #{b}) => null: undefined
        null => null: undefined",
    );
    check_with(pairs, Never, "#{b} / #{b} => null: not_finite\n #{b} and true => false");
}

#[test]
fn round_and_percentage() {
    check(
        "round(2.5) => 3
        round(-2.5) => -3
        round(1.005, 2) => 1.01
        round(2.675, 2) => 2.68
        round(1234.5, -2) => 1200
        round(1250, -2) => 1300
        round(5, -1) => 10
        round(4, -10) => 0
        round(1e300, 10) => 1e300
        round('1.25', '1') => 1.3
        round(1, 11) => range@9
        round(1, -11) => range@9
        round(1, 0.5) => range@9
        round(1, 0/0) => range@9
        round(null, 99) => null: undefined
        round(1, null) => null: undefined
        round(1, true) => type@9
        round(1/0, 2) > 1 => true
        pct(1, 3) => 33.33333333333333
        pct(1, 8) => 12.5
        pct(1, 0) => null: undefined
        pct(null, 'x') => null: undefined
        pct(true, 1) => type@4
        pct(0/0, 1) => null: not_finite",
    );
}
