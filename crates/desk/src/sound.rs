//! The three sounds of the desk, made here and not by the web view.
//!
//! They differ without pitch too, by number and length: accepted is one short note, saved is two rising
//! ones, error is one long low one.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use crate::api::health::HealthState;
use crate::platform::sound as device;

/// A sound with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Read and understood.
    Accepted,
    /// In the ledger.
    Saved,
    /// Refused; look at the screen.
    Error,
}

/// A note of a sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Note {
    /// Pitch in hertz.
    pub pitch_hz: f32,
    /// Length in milliseconds.
    pub length_ms: u64,
}

impl Tone {
    /// The notes, one after the other.
    pub fn notes(self) -> &'static [Note] {
        match self {
            Self::Accepted => &[Note {
                pitch_hz: 1_760.0,
                length_ms: 70,
            }],
            Self::Saved => &[
                Note {
                    pitch_hz: 880.0,
                    length_ms: 110,
                },
                Note {
                    pitch_hz: 1_320.0,
                    length_ms: 170,
                },
            ],
            Self::Error => &[Note {
                pitch_hz: 220.0,
                length_ms: 450,
            }],
        }
    }
}

/// Nothing can be heard.
#[derive(Debug, thiserror::Error)]
#[error("no loudspeaker: {0}")]
pub struct Silent(pub String);

/// Something that makes sounds: the machine's loudspeaker, or a test's ear.
pub trait Loudspeaker: Send {
    /// Starts the notes; returns at once. `volume` is 0 to 100.
    fn play(&mut self, notes: &[Note], volume: u32) -> Result<(), Silent>;
}

/// The desk's voice. Asking for a sound never waits for the device.
#[derive(Clone)]
pub struct Sounds {
    tones: mpsc::Sender<Tone>,
    volume: Arc<AtomicU32>,
    audible: Arc<AtomicBool>,
    tried: Arc<AtomicBool>,
}

impl Sounds {
    /// The machine's own loudspeaker, opened at the first sound.
    pub fn of_this_machine(volume: u32) -> Self {
        Self::with(volume, device::loudspeaker)
    }

    /// Any loudspeaker, made on the thread that will use it.
    pub fn with<L: Loudspeaker>(volume: u32, open: impl FnOnce() -> L + Send + 'static) -> Self {
        let (tones, queue) = mpsc::channel::<Tone>();
        let sounds = Self {
            tones,
            volume: Arc::new(AtomicU32::new(volume.min(100))),
            audible: Arc::new(AtomicBool::new(true)),
            tried: Arc::new(AtomicBool::new(false)),
        };
        let (volume, audible, tried) = (
            sounds.volume.clone(),
            sounds.audible.clone(),
            sounds.tried.clone(),
        );
        thread::spawn(move || {
            let mut loudspeaker = open();
            for tone in queue {
                let loud = volume.load(Ordering::Relaxed);
                if loud == 0 {
                    continue;
                }
                let played = loudspeaker.play(tone.notes(), loud);
                if let Err(silent) = &played
                    && audible.load(Ordering::Relaxed)
                {
                    tracing::warn!(error = %silent, "sounds cannot be heard");
                }
                audible.store(played.is_ok(), Ordering::Relaxed);
                tried.store(true, Ordering::Relaxed);
            }
        });
        sounds
    }

    /// Makes a sound.
    pub fn play(&self, tone: Tone) {
        if self.tones.send(tone).is_err() {
            self.audible.store(false, Ordering::Relaxed);
        }
    }

    /// How loud from now on, 0 to 100.
    pub fn set_volume(&self, volume: u32) {
        self.volume.store(volume.min(100), Ordering::Relaxed);
    }

    /// Whether sounds can be heard.
    pub fn health(&self) -> HealthState {
        match (
            self.tried.load(Ordering::Relaxed),
            self.audible.load(Ordering::Relaxed),
        ) {
            (_, false) => HealthState::Warning,
            (true, true) => HealthState::Ok,
            (false, true) => HealthState::Idle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ear(mpsc::Sender<(usize, u32)>);

    impl Loudspeaker for Ear {
        fn play(&mut self, notes: &[Note], volume: u32) -> Result<(), Silent> {
            self.0
                .send((notes.len(), volume))
                .map_err(|e| Silent(e.to_string()))
        }
    }

    #[test]
    fn the_three_sounds_differ_without_pitch() {
        let shape = |tone: Tone| {
            let notes = tone.notes();
            (
                notes.len(),
                notes.iter().map(|note| note.length_ms).sum::<u64>(),
            )
        };
        assert_eq!(shape(Tone::Accepted).0, 1);
        assert_eq!(shape(Tone::Saved).0, 2);
        assert!(shape(Tone::Error).1 >= 400);
        assert!(shape(Tone::Accepted).1 < 100);
    }

    #[test]
    fn a_sound_is_as_loud_as_it_was_set() {
        let (sender, heard) = mpsc::channel();
        let sounds = Sounds::with(70, move || Ear(sender));
        sounds.play(Tone::Saved);
        assert_eq!(heard.recv().expect("a sound"), (2, 70));
    }

    #[test]
    fn a_missing_loudspeaker_shows_and_stops_nothing() {
        struct Deaf(mpsc::Sender<()>);
        impl Loudspeaker for Deaf {
            fn play(&mut self, _: &[Note], _: u32) -> Result<(), Silent> {
                let _ = self.0.send(());
                Err(Silent("unplugged".to_owned()))
            }
        }
        let (sender, heard) = mpsc::channel();
        let sounds = Sounds::with(70, move || Deaf(sender));
        sounds.play(Tone::Error);
        sounds.play(Tone::Error);
        heard.recv().expect("the first try");
        heard
            .recv()
            .expect("the second try: by now the first has been judged");
        assert_eq!(sounds.health(), HealthState::Warning);
    }
}
