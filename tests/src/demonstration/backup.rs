//! The Admin's backup, restored into an empty PostgreSQL.

use anyhow::{Context, Result, ensure};

use super::acts::SKU;
use crate::restore::restore;
use crate::screen::Album;
use crate::station::{Station, id};

/// Takes one from the menu and compares what its plain SQL brings back.
pub async fn take(station: &Station, album: &mut Album) -> Result<()> {
    station.enter("backup").await?;
    station.window.click(&id("backup-take")).await?;
    station.window.wait_for(&id("backup-done")).await?;
    album.add(&station.screen, "backup")?;
    let mut dumps = std::fs::read_dir(station.data().join("backups"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    dumps.retain(|path| path.extension().is_some_and(|ending| ending == "sql"));
    // One that was due may have been made before.
    let newest = dumps.iter().max().context("a backup's plain SQL")?;
    let restored = restore(newest, station.folder()).await?;
    ensure!(restored.movements == 4, "{restored:?}");
    ensure!(restored.stock == [format!("{SKU} 11")], "{restored:?}");
    Ok(())
}
