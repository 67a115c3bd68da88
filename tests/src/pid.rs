//! Processes by number: whose children they are, and how much memory they take.

use std::fs;

use anyhow::Result;

/// Whether the process still runs. One that only waits to be buried does not.
pub fn is_alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !matches!(state_and_parent(&stat), Some(('Z' | 'X', _)) | None))
}

/// Every process.
fn all() -> Result<Vec<u32>> {
    let mut pids = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let pid: Option<u32> = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        pids.extend(pid);
    }
    pids.sort_unstable();
    Ok(pids)
}

/// The processes that `parent` started itself, oldest first.
pub fn children(parent: u32) -> Result<Vec<u32>> {
    let is_child = |pid: &u32| {
        // A process may end while we look.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        state_and_parent(&stat).is_some_and(|(state, of)| of == parent && state != 'Z')
    };
    Ok(all()?.into_iter().filter(is_child).collect())
}

/// `root` and every process below it.
pub fn family(root: u32) -> Result<Vec<u32>> {
    let mut family = vec![root];
    let mut next = 0;
    while let Some(pid) = family.get(next).copied() {
        family.extend(children(pid)?);
        next += 1;
    }
    Ok(family)
}

/// Memory of a process with shared pages counted in parts (PSS), in KiB.
pub fn memory_kib(pid: u32) -> Result<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    Ok(pss
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0))
}

/// The processes whose program has this name.
pub fn named(name: &str) -> Result<Vec<u32>> {
    let has_name = |pid: &u32| {
        let own = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        own.trim() == name
    };
    Ok(all()?.into_iter().filter(has_name).collect())
}

/// Whether a process was started with this text among its arguments or in its environment.
pub fn mentions(pid: u32, text: &str) -> bool {
    ["cmdline", "environ"].iter().any(|file| {
        let told = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
        String::from_utf8_lossy(&told).contains(text)
    })
}

/// The variables that a process was started with.
pub fn environment(pid: u32) -> Result<Vec<(String, String)>> {
    let told = fs::read(format!("/proc/{pid}/environ"))?;
    let variables = String::from_utf8_lossy(&told)
        .split_terminator('\0')
        .filter_map(|variable| variable.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(variables)
}

/// State and parent from `/proc/PID/stat`; the name in between may hold anything, so it ends at the last bracket.
fn state_and_parent(stat: &str) -> Option<(char, u32)> {
    let mut fields = stat[stat.rfind(')')? + 1..].split_whitespace();
    let state = fields.next()?.chars().next()?;
    Some((state, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_hide_the_parent() {
        assert_eq!(state_and_parent("7 (a) b (c)) S 42 7 7 0"), Some(('S', 42)));
    }

    #[test]
    fn this_process_is_alive_and_in_its_own_family() {
        let own = std::process::id();
        assert!(is_alive(own));
        assert!(family(own).expect("a family").contains(&own));
    }
}
