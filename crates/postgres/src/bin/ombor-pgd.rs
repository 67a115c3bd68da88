//! The helper process that owns Ombor's PostgreSQL server. It is started by the application, which writes the
//! options to its standard input, and ends when its last client is gone.

use std::io::Read;
use std::process::ExitCode;

use ombor_postgres::{Options, supervisor};

fn main() -> ExitCode {
    let mut text = Vec::new();
    let options = std::io::stdin()
        .read_to_end(&mut text)
        .map_err(serde_json::Error::io);
    let options: Options = match options.and_then(|_| serde_json::from_slice(&text)) {
        Ok(options) => options,
        Err(_) => return ExitCode::from(2),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime.map(|runtime| runtime.block_on(supervisor::run(options))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(_)) | Err(_) => ExitCode::FAILURE,
    }
}
