//! Names of the pieces that the server's log is cut into.

/// Pieces of 16 MiB that share the middle third of a name.
const PIECES: u32 = 0x100;

/// Whether this is the name of a piece: timeline, log and piece, each eight hexadecimal digits.
pub(super) fn is_segment(name: &str) -> bool {
    name.len() == 24
        && name
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
}

/// The name of the piece that follows.
pub(super) fn next(name: &str) -> Option<String> {
    let part = |from: usize| u32::from_str_radix(name.get(from..from + 8)?, 16).ok();
    let (timeline, log, piece) = (part(0)?, part(8)?, part(16)?);
    let (log, piece) = if piece + 1 < PIECES {
        (log, piece + 1)
    } else {
        (log.checked_add(1)?, 0)
    };
    Some(format!("{timeline:08X}{log:08X}{piece:08X}"))
}

#[cfg(test)]
mod tests {
    use super::{is_segment, next};

    #[test]
    fn pieces_follow_each_other_across_the_end_of_a_log() {
        let after = |name: &str| next(name).unwrap();
        assert_eq!(
            after("000000010000000000000009"),
            "00000001000000000000000A"
        );
        assert_eq!(
            after("0000000100000000000000FF"),
            "000000010000000100000000"
        );
        assert_eq!(next("short"), None);
    }

    #[test]
    fn what_else_the_server_hands_out_is_no_piece() {
        assert!(is_segment("0000000100000000000000FF"));
        for name in [
            "00000002.history",
            "000000010000000000000009.00000028.backup",
            "000000010000000000000009.partial",
        ] {
            assert!(!is_segment(name), "{name}");
        }
    }
}
