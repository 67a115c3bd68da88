//! `omborctl status`, `start` and `stop`: the database server without a window.

use std::time::Duration;

use ombor_core::{invariant::Facts, schema};
use serde::Serialize;

use crate::{
    error::Error,
    house::{DataDir, House},
    outcome::Outcome,
};

/// How often it is looked whether the server is gone.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A server with clients stays; one without is gone by then.
const STOPS_WITHIN: Duration = Duration::from_mins(1);

/// The server and what is in its database.
#[derive(Serialize)]
struct Status {
    /// The data directory.
    data: String,
    /// Whether the server runs.
    running: bool,
    /// Whether it is a server that is started and stopped elsewhere.
    elsewhere: bool,
    /// The process that looks after the bundled server.
    process: Option<String>,
    /// The version of the server.
    server: Option<String>,
    /// The newest schema that this program knows.
    schema: i64,
    /// The database in figures.
    database: Option<Facts>,
}

impl Status {
    async fn of(folder: &DataDir) -> Result<Self, Error> {
        let elsewhere = folder.elsewhere()?.is_some();
        let process = folder.server_process();
        let running = elsewhere || process.is_some();
        let mut status = Self {
            data: folder.path().display().to_string(),
            running,
            elsewhere,
            process: process.filter(|_| !elsewhere),
            server: None,
            schema: schema::version(),
            database: None,
        };
        if running {
            let house = House::attached(folder).await?;
            let mut connection = house.connection().await?;
            let version = sqlx::query_scalar("show server_version");
            status.server = Some(version.fetch_one(&mut connection).await?);
            if schema::database_version(&mut connection).await? > 0 {
                status.database = Some(Facts::of(&mut connection).await?);
            }
        }
        Ok(status)
    }

    fn in_words(&self) -> String {
        let server = match (&self.server, &self.process) {
            (Some(version), Some(process)) => {
                format!("PostgreSQL {version} runs (process {process})")
            }
            (Some(version), None) => format!("PostgreSQL {version} answers"),
            (None, _) => "the server does not run".to_owned(),
        };
        let database = self.database.as_ref().map_or_else(String::new, |facts| {
            format!(
                "\nschema {} of {}, {} documents, {} movements, {} on hand",
                facts.schema, self.schema, facts.documents, facts.movements, facts.on_hand
            )
        });
        format!("{}: {server}{database}", self.data)
    }
}

/// Says how things are. Exit code 0 if the server runs, 1 if it does not.
pub async fn status(folder: &DataDir, in_json: bool) -> Result<Outcome, Error> {
    let status = Status::of(folder).await?;
    let code = u8::from(!status.running);
    Ok(Outcome::of(&status, || status.in_words(), in_json).with_code(code))
}

/// Starts the server, brings the schema up to date and keeps the server when this program is gone.
pub async fn start(folder: &DataDir, in_json: bool) -> Result<Outcome, Error> {
    if folder.elsewhere()?.is_some() {
        return Err(Error::ServerElsewhere);
    }
    let house = House::open(folder).await?;
    if let Some(server) = &house.server {
        server.hold().await?;
    }
    let status = Status::of(folder).await?;
    Ok(Outcome::of(&status, || status.in_words(), in_json))
}

/// Lets the server go. It ends at once if nobody else uses it; a window keeps it until it is closed.
pub async fn stop(folder: &DataDir, in_json: bool) -> Result<Outcome, Error> {
    if folder.elsewhere()?.is_some() {
        return Err(Error::ServerElsewhere);
    }
    if folder.server_process().is_some() {
        let house = House::attached(folder).await?;
        if let Some(server) = &house.server {
            server.release().await?;
        }
        drop(house);
        wait_for_the_end(folder).await;
    }
    let process = folder.server_process();
    let status = Status {
        data: folder.path().display().to_string(),
        running: process.is_some(),
        elsewhere: false,
        process,
        server: None,
        schema: schema::version(),
        database: None,
    };
    let words = || match &status.process {
        None => format!("{}: the server does not run", status.data),
        Some(_) => format!(
            "{}: the server stops when its last window is closed",
            status.data
        ),
    };
    Ok(Outcome::of(&status, words, in_json))
}

async fn wait_for_the_end(folder: &DataDir) {
    let gone = async {
        while folder.server_process().is_some() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    // One that is still there has clients: that is what the answer says.
    let _ = tokio::time::timeout(STOPS_WITHIN, gone).await;
}
