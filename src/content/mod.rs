//! Content: RON files in, a checked and typed catalogue out.
//!
//! Three shapes: the file schema (one to one with the RON), the catalogue (`Rules`, `Scenario`:
//! typed keys, exact integers, every reference known to exist), and the components of the
//! simulation, which hold keys and the state of one thing only.

mod diagnostic;
mod key;
mod modifier;
pub mod ron;
mod rules;
mod scenario;

pub use diagnostic::*;
pub use key::Key;
pub use modifier::{Modifier, Part, SourceKind, Stat, Sum, When};
pub use rules::*;
pub use scenario::*;
