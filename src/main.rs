//! Angelfire.

fn main() -> std::process::ExitCode {
    let catalog = std::sync::Arc::new(angelfire::content::Catalog::shipped());
    match angelfire::gui::run(angelfire::gui::Options { catalog, ..Default::default() }) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::from(3)
        }
    }
}
