// A trait, a generic function, a closure, and a function that nobody calls.
trait Shape {
    fn area(&self) -> u32;
}

struct Square(u32);

impl Shape for Square {
    fn area(&self) -> u32 {
        self.0 * self.0
    }
}

#[inline(never)]
fn halved<T: Into<u32>>(value: T) -> u32 {
    value.into() / 2
}

#[inline(never)]
pub fn unused(value: u32) -> u32 {
    if value > 3 { value } else { 0 }
}

fn main() {
    let count = std::env::args().count() as u32;
    let shape: Box<dyn Shape> = Box::new(Square(count + 1));
    let twice = |value: u32| value * 2;
    println!("{}", twice(shape.area() + halved(7u16)));
    if count > 9 {
        println!("{}", unused(count));
    }
}
