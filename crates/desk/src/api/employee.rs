//! Employees: people with a badge and a face.

use std::sync::Arc;

use ombor_core::name::Name;
use ombor_core::people::{employee, face_template};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::time;

/// An employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// The employee.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What a scan of their badge reads.
    pub badge_code: String,
    /// They work here.
    pub active: bool,
    /// Since when their face is known.
    pub enrolled_at: Option<String>,
    /// Face templates that are kept.
    pub template_count: u32,
    /// In how many kinds of light their face is known: 0, 1 or 2.
    pub lights: u32,
    /// How good their templates are, in percent.
    pub quality: Option<u32>,
    /// When their face last said yes.
    pub last_confirmed_at: Option<String>,
}

impl From<employee::Employee> for Employee {
    fn from(employee: employee::Employee) -> Self {
        Self {
            id: employee.id.to_string(),
            name: employee.name,
            badge_code: employee.badge_code,
            active: employee.active,
            enrolled_at: employee.enrolled_at.map(time),
            template_count: employee.template_count,
            lights: employee.lights,
            quality: employee.quality_percent,
            last_confirmed_at: employee.last_confirmed_at.map(time),
        }
    }
}

impl Ombor {
    /// Every employee, by name.
    pub async fn list_employees(&self) -> Result<Vec<Employee>> {
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let employees = employee::list_employees(connection).await;
        Ok(work
            .done(employees)
            .await?
            .into_iter()
            .map(Employee::from)
            .collect())
    }

    /// Makes an employee; their badge has a number of its own.
    pub async fn create_employee(&self, name: String) -> Result<Employee> {
        let name = Name::parse(&name).map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let created = employee::create_employee(connection, actor, &name).await;
        let created = work.done(created).await?;
        self.changed(&[ChangeTag::Employee, ChangeTag::Audit]);
        Ok(Employee::from(created))
    }

    /// Somebody works here, or not any more: then their face confirms nothing.
    pub async fn set_employee_active(self: &Arc<Self>, id: String, active: bool) -> Result<()> {
        let id = id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let done = employee::set_active(connection, actor, id, active).await;
        work.done(done).await?;
        self.load_gallery().await?;
        self.changed(&[ChangeTag::Employee, ChangeTag::Audit]);
        Ok(())
    }

    /// Erases an employee's face.
    pub async fn erase_templates(self: &Arc<Self>, employee_id: String) -> Result<()> {
        let id = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let erased = face_template::erase(connection, actor, id).await;
        work.done(erased).await?;
        self.load_gallery().await?;
        self.changed(&[ChangeTag::Employee, ChangeTag::Audit]);
        Ok(())
    }
}
