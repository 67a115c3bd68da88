//! The desk's work on a takeover: one at a time, told as it goes, broken off when somebody asks.

pub mod remark;
pub mod sample;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ombor_core::takeover::Step;
use ombor_import::Plan;

use crate::api::takeover::{Remark, TakeoverStep, TakeoverWork};
use crate::error::{AppError, ErrorCode, Result};
use crate::event::Event;
use crate::ombor::{Ombor, lock};

/// What the desk keeps of a takeover: what was read until it is written, and what there is to say.
#[derive(Debug, Default)]
pub struct Takeover {
    running: Option<(TakeoverWork, Arc<AtomicBool>)>,
    plan: Option<Arc<Plan>>,
    remarks: Arc<Vec<Remark>>,
}

impl Takeover {
    /// What is being done now.
    pub fn work(&self) -> Option<TakeoverWork> {
        self.running.as_ref().map(|(work, _)| work.clone())
    }

    /// What was read and not written yet.
    pub fn plan(&self) -> Option<Arc<Plan>> {
        self.plan.clone()
    }

    /// What there is to say of the last preview or takeover.
    pub fn remarks(&self) -> Arc<Vec<Remark>> {
        Arc::clone(&self.remarks)
    }

    /// Keeps what was read, or nothing once it is written, with what there is to say.
    pub fn keep(&mut self, plan: Option<Plan>, remarks: Vec<Remark>) {
        self.plan = plan.map(Arc::new);
        self.remarks = Arc::new(remarks);
    }

    /// Forgets what was read.
    pub fn forget(&mut self) {
        self.keep(None, Vec::new());
    }

    /// Asks whoever reads or writes to stop.
    pub fn cancel(&self) {
        if let Some((_, stopped)) = &self.running {
            stopped.store(true, Ordering::Relaxed);
        }
    }
}

/// The right to work on a takeover; given back when it is dropped.
pub struct Running {
    teller: Teller,
}

/// Tells how far the work is, and hears whether it is to stop.
#[derive(Clone)]
pub struct Teller {
    ombor: Arc<Ombor>,
    stopped: Arc<AtomicBool>,
}

impl Drop for Running {
    fn drop(&mut self) {
        lock(&self.teller.ombor.takeover).running = None;
        self.teller.ombor.events.emit(Event::TakeoverChanged(None));
    }
}

impl Running {
    /// For the thread that reads.
    pub fn reader(&self) -> Teller {
        self.teller.clone()
    }

    /// So many rows were written.
    pub fn wrote(&self, step: TakeoverStep, rows: Step) -> ControlFlow<()> {
        self.teller.tell(TakeoverWork {
            step,
            done: u32::try_from(rows.done).unwrap_or(u32::MAX),
            of: u32::try_from(rows.of).ok().filter(|of| *of > 0),
        })
    }
}

impl Teller {
    /// So many records were read.
    pub fn read(&self, records: u64) -> ControlFlow<()> {
        self.tell(TakeoverWork {
            step: TakeoverStep::Reading,
            done: u32::try_from(records).unwrap_or(u32::MAX),
            of: None,
        })
    }

    fn tell(&self, work: TakeoverWork) -> ControlFlow<()> {
        if let Some((told, _)) = &mut lock(&self.ombor.takeover).running {
            told.clone_from(&work);
        }
        self.ombor.events.emit(Event::TakeoverChanged(Some(work)));
        if self.stopped.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl Ombor {
    /// Begins work on a takeover.
    ///
    /// # Errors
    /// [`ErrorCode::ImportBusy`] while other work goes on at this desk.
    pub(crate) fn begin_takeover(self: &Arc<Self>, step: TakeoverStep) -> Result<Running> {
        let work = TakeoverWork {
            step,
            done: 0,
            of: None,
        };
        let stopped = Arc::new(AtomicBool::new(false));
        {
            let mut takeover = lock(&self.takeover);
            if takeover.running.is_some() {
                return Err(AppError::new(ErrorCode::ImportBusy));
            }
            takeover.running = Some((work.clone(), Arc::clone(&stopped)));
        }
        self.events.emit(Event::TakeoverChanged(Some(work)));
        Ok(Running {
            teller: Teller {
                ombor: Arc::clone(self),
                stopped,
            },
        })
    }
}
