mod large;
fn main() {
    large::write(std::path::Path::new("/tmp/pace-large")).unwrap();
}
