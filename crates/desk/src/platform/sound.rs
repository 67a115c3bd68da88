//! The machine's loudspeaker, by rodio: ALSA on Linux, WASAPI on Windows.

use std::time::Duration;

use rodio::source::{SineWave, Source};
use rodio::{OutputStream, OutputStreamBuilder, Sink};

use crate::sound::{Loudspeaker, Note, Silent};

/// The loudspeaker; the device is opened at the first sound and again after it was lost.
pub struct SystemLoudspeaker {
    stream: Option<OutputStream>,
}

/// The loudspeaker of this machine.
pub fn loudspeaker() -> SystemLoudspeaker {
    SystemLoudspeaker { stream: None }
}

impl Loudspeaker for SystemLoudspeaker {
    fn play(&mut self, notes: &[Note], volume: u32) -> Result<(), Silent> {
        let stream = match self.stream.take() {
            Some(stream) => stream,
            None => open()?,
        };
        let sink = Sink::connect_new(stream.mixer());
        sink.set_volume(volume as f32 / 100.0);
        for note in notes {
            let length = Duration::from_millis(note.length_ms);
            sink.append(
                SineWave::new(note.pitch_hz)
                    .take_duration(length)
                    .fade_in(FADE)
                    .amplify(0.6),
            );
        }
        sink.detach();
        self.stream = Some(stream);
        Ok(())
    }
}

/// Long enough that a note does not begin with a click.
const FADE: Duration = Duration::from_millis(8);

fn open() -> Result<OutputStream, Silent> {
    let mut stream =
        OutputStreamBuilder::open_default_stream().map_err(|error| Silent(error.to_string()))?;
    stream.log_on_drop(false);
    Ok(stream)
}
