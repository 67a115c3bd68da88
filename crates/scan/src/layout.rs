//! Keyboard layouts read backwards: from the character that appeared to the physical key.
//!
//! Needed only where the physical key was lost. The tables are those of XKB, read from `xkbcomp`.

use crate::us_keyboard;

/// A keyboard layout that a customer's computer may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The name as it goes to the log.
    pub name: &'static str,
    unshifted: &'static str,
    shifted: &'static str,
}

/// The layouts tried, the plain US one first.
pub(crate) const LAYOUTS: [Layout; 6] = [
    Layout {
        name: "us",
        unshifted: us_keyboard::UNSHIFTED,
        shifted: us_keyboard::SHIFTED,
    },
    Layout {
        name: "ru",
        unshifted: r"ё1234567890-=йцукенгшщзхъ\фывапролджэячсмитьбю.",
        shifted: r#"Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"#,
    },
    Layout {
        name: "uz-Cyrl",
        unshifted: r"ё1234567890ғҳйцукенгшўзхъ\фқвапролджэячсмитьбю.",
        shifted: r#"Ё!"№;%:?*()ҒҲЙЦУКЕНГШЎЗХЪ|ФҚВАПРОЛДЖЭЯЧСМИТЬБЮ,"#,
    },
    Layout {
        name: "kk",
        unshifted: r#"("әіңғ,.үұқөһйцукенгшщзхъ\фывапролджэячсмитьбю№"#,
        shifted: r")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?",
    },
    Layout {
        name: "fr",
        unshifted: r#"²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!"#,
        shifted: r"~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
    },
    Layout {
        name: "de",
        unshifted: r"^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        shifted: r#"°!"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"#,
    },
];

impl Layout {
    /// The character that a US keyboard types with the key that typed `seen` under this layout. Caps Lock does not
    /// matter: the case follows `shift`.
    pub fn us_character(&self, seen: char, shift: bool) -> Option<char> {
        if seen == ' ' {
            return Some(' ');
        }
        let row = if shift { self.shifted } else { self.unshifted };
        let index = row
            .chars()
            .position(|typed| typed == seen)
            .or_else(|| row.chars().position(|typed| is_same_letter(typed, seen)))?;
        us_keyboard::typed_at(index, shift)
    }
}

fn is_same_letter(one: char, other: char) -> bool {
    one.to_lowercase().eq(other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_has_a_character_for_each_key() {
        for layout in LAYOUTS {
            assert_eq!(layout.unshifted.chars().count(), 47, "{}", layout.name);
            assert_eq!(layout.shifted.chars().count(), 47, "{}", layout.name);
        }
    }

    #[test]
    fn a_letter_typed_under_caps_lock_keeps_the_case_of_shift() {
        let ru = LAYOUTS[1];
        assert_eq!(ru.us_character('Ф', false), Some('a'));
        assert_eq!(ru.us_character('ф', true), Some('A'));
    }
}
