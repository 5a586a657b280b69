//! Content: RON files in, a checked and typed catalogue out.
//!
//! Three shapes: the file schema (one to one with the RON), the catalogue (`Rules`, `Scenario`:
//! typed keys, exact integers, every reference known to exist), and the components of the
//! simulation, which hold keys and the state of one thing only.

mod catalog;
mod diagnostic;
mod draft;
mod embed;
mod fingerprint;
mod key;
mod kind;
mod layers;
mod modifier;
pub mod ron;
mod rules;
mod scenario;
mod schema;
mod validate;

pub use catalog::{Campaign, Catalog, ModStatus, check, check_layer};
pub use diagnostic::*;
pub use embed::SHIPPED;
pub use fingerprint::fingerprint;
pub use key::Key;
pub use layers::{Layer, LayerError, LayerFile};
pub use modifier::{Adds, Modifier, Part, SourceKind, Stat, Sum, Total, When};
pub use rules::*;
pub use scenario::*;
