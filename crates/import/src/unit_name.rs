//! Units of measure under one name: `шт`, `штука`, `pcs` and `dona` are the same.

use crate::lexicon::words;

/// The name that Ombor gives a unit, and what others call it: words without spaces and marks, and its number in OKEI, the
/// classifier that 1C writes.
#[rustfmt::skip]
const KNOWN: &[(&str, &[&str], &str)] = &[
    ("dona", &["dona", "дона", "дон", "шт", "штук", "штука", "штуки", "pcs", "pc", "pce", "piece", "pieces",
        "unit", "units", "дана", "ta", "та", "sht", "ea", "each", "штуку"], "796"),
    ("kg", &["kg", "кг", "kilogramm", "килограмм", "kilogram", "kgs", "kilo", "кило", "келі", "kgm"], "166"),
    ("g", &["g", "г", "гр", "gramm", "грамм", "gram", "gr"], "163"),
    ("t", &["t", "т", "tonna", "тонна", "тн", "ton"], "168"),
    ("l", &["l", "л", "litr", "литр", "liter", "litre", "lt", "ltr"], "112"),
    ("m", &["m", "м", "metr", "метр", "meter", "metre", "пм", "погм"], "006"),
    ("m²", &["m2", "м2", "m²", "м²", "квм", "kvm", "kvadratmetr", "квадратныйметр", "кв"], "055"),
    ("m³", &["m3", "м3", "m³", "м³", "кубм", "kubmetr", "кубическийметр", "куб"], "113"),
    ("quti", &["quti", "кути", "короб", "коробка", "кор", "box", "boxes", "қорап", "korobka"], "8751"),
    ("juft", &["juft", "жуфт", "пара", "пар", "pair", "pairs", "пара2шт"], "715"),
    ("upakovka", &["upakovka", "упак", "упаковка", "уп", "pack", "package", "қаптама", "орам"], "778"),
    ("to‘plam", &["toplam", "набор", "комплект", "компл", "set", "жинақ", "komplekt", "nabor"], "839"),
    ("rulon", &["rulon", "рулон", "рул", "roll"], "736"),
    ("pachka", &["pachka", "пачка", "пач"], "728"),
    ("qop", &["qop", "коп", "мешок", "меш", "bag", "қап"], "8752"),
    ("blok", &["blok", "блок"], "813"),
    ("varaq", &["varaq", "лист", "list", "sheet"], "625"),
];

/// Whether the text is a unit's name that is known.
pub fn is_unit(text: &str) -> bool {
    let compact = words(text).concat();
    KNOWN
        .iter()
        .any(|(_, names, _)| names.contains(&compact.as_str()))
}

/// The name under which the unit is kept; an unknown one keeps its own, `None` if nothing is said.
pub fn unit_name(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let compact = words(text).concat();
    let is_number = !compact.is_empty() && compact.bytes().all(|byte| byte.is_ascii_digit());
    let known = KNOWN.iter().find(|(_, names, okei)| {
        names.contains(&compact.as_str())
            || (is_number && compact.trim_start_matches('0') == okei.trim_start_matches('0'))
    });
    Some(match known {
        Some((name, _, _)) => (*name).to_owned(),
        None => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_has_one_name_however_it_is_written() {
        for text in [
            "шт",
            "ШТ",
            "шт.",
            "Dona",
            "DONA",
            "штука",
            "pcs",
            "796",
            "796 ",
        ] {
            assert_eq!(unit_name(text).as_deref(), Some("dona"), "{text}");
        }
        assert_eq!(unit_name("Пара (2 шт.)").as_deref(), Some("juft"));
        assert_eq!(unit_name("kvadrat metr").as_deref(), Some("m²"));
    }

    #[test]
    fn an_unknown_unit_keeps_its_name() {
        assert_eq!(unit_name(" dona2 ").as_deref(), Some("dona2"));
        assert_eq!(unit_name("321").as_deref(), Some("321"));
        assert_eq!(unit_name(" "), None);
    }
}
