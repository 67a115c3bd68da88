//! Where the pictures lie that goods name: 1C puts them into `import_files` beside `import.xml`.

use std::path::{Component, Path, PathBuf};

/// The folders of an exchange's files.
#[derive(Debug, Default)]
pub struct PictureFolders(Vec<PathBuf>);

impl PictureFolders {
    /// The folders of these files, each once.
    pub fn of<'f>(files: impl Iterator<Item = &'f Path>) -> Self {
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in files.filter_map(Path::parent) {
            if !folders.iter().any(|known| known == folder) {
                folders.push(folder.to_owned());
            }
        }
        Self(folders)
    }

    /// The file that a picture's name means; `None` if it is not there. A name that leads out of the folder means none.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        let name = name.trim().replace('\\', "/");
        let relative = Path::new(&name);
        let stays_inside = relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !stays_inside {
            return None;
        }
        self.0
            .iter()
            .map(|folder| folder.join(relative))
            .find(|path| path.is_file())
    }
}
