//! The ways on when a face does not come through: try again, or a second person vouches. The document stays as it is.

use std::sync::Arc;

use ombor_core::people::{employee, vouching};
use ombor_core::settings;
use tokio::sync::MutexGuard;

use super::Bench;
use super::gate::{Person, Vouching};
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::Ombor;

impl Ombor {
    /// Looks for a face from the beginning; the document has its whole time again.
    pub async fn retry_face(self: &Arc<Self>) -> Result<()> {
        self.active().await?;
        let mut bench = self.waiting_bench().await?;
        bench.gate.stop_waiting();
        self.begin_waiting(&mut bench);
        self.begin_search(&mut bench);
        self.tell_face(&mut bench);
        Ok(())
    }

    /// Somebody else's face is looked for, to vouch for an employee whose own does not come through.
    pub async fn vouch_with_face(self: &Arc<Self>, employee_id: String) -> Result<()> {
        let id = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.active().await?;
        let (connection, _) = work.parts();
        let found = async {
            if !settings::get_settings(connection).await?.vouching {
                return Err(ombor_core::Error::VouchingOff);
            }
            let employee = employee::get_employee(connection, id).await?;
            if employee.active {
                Ok(employee)
            } else {
                Err(ombor_core::Error::EmployeeNotFound)
            }
        };
        let found = found.await;
        let employee = work.done(found).await?;
        let mut bench = self.waiting_bench().await?;
        bench.gate.vouching = Some(Vouching {
            employee: Person::from(&employee),
            voucher: None,
        });
        self.begin_search(&mut bench);
        self.tell_face(&mut bench);
        Ok(())
    }

    /// An Admin vouches for an employee with login and password. Needs no camera.
    pub async fn vouch_with_password(
        self: &Arc<Self>,
        employee_id: String,
        login: String,
        password: String,
    ) -> Result<()> {
        let id = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.active().await?;
        drop(self.waiting_bench().await?);
        let (connection, actor) = work.parts();
        let vouched = vouching::vouch_by_password(connection, actor, id, &login, &password).await;
        let confirmation = work.done(vouched).await?;
        self.hold(&confirmation).await;
        Ok(())
    }

    /// Nobody vouches after all; the employee's own face is looked for again.
    pub async fn cancel_vouching(self: &Arc<Self>) -> Result<()> {
        self.active().await?;
        let mut bench = self.bench.lock().await;
        if bench.gate.vouching.take().is_some() {
            self.begin_search(&mut bench);
            self.tell_face(&mut bench);
        }
        Ok(())
    }

    /// The bench, while a closed document waits for a face.
    async fn waiting_bench(&self) -> Result<MutexGuard<'_, Bench>> {
        let bench = self.bench.lock().await;
        if bench.gate.is_waiting() {
            Ok(bench)
        } else {
            Err(AppError::new(ErrorCode::NotReady))
        }
    }
}
