//! Tables for people: columns as wide as what stands in them.

use super::out::{Failure, Out};

/// Rows of cells, the first of them the heading.
pub struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    /// With this heading. Texts stand at the left of the first column, all else at the right.
    pub fn new<'a>(heading: impl IntoIterator<Item = &'a str>) -> Self {
        let heading = heading.into_iter().map(str::to_owned).collect();
        Self {
            rows: vec![heading],
        }
    }

    /// One row more; cells that are missing stay empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Each row as a line, two blanks before it and between its columns, none behind it.
    pub fn lines(&self) -> Vec<String> {
        let wide = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..wide).map(width).collect();
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                line.push_str("  ");
                match column {
                    0 => line.push_str(&format!("{cell:<width$}")),
                    _ => line.push_str(&format!("{cell:>width$}")),
                }
            }
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }

    /// Prints it.
    ///
    /// # Errors
    /// If nobody reads any more.
    pub fn print(&self, out: &mut Out) -> Result<(), Failure> {
        for line in self.lines() {
            out.line(line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut columns = Columns::new(["what", "n"]);
        columns.row(["a".to_owned(), "1000".to_owned()]);
        columns.row(["longer".to_owned()]);
        let lines = columns.lines();
        assert_eq!(lines, ["  what       n", "  a       1000", "  longer"]);
    }
}
