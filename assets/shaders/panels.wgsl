// Triangles of the panels and the chart: the texture's colour times the corner's, both as the eye sees them. What is
// drawn on is mixed in the same way, so nothing is turned into light and back.

struct Transform {
    scale: vec2<f32>,
    translation: vec2<f32>,
}

struct Corner {
    @location(0) position: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) colour: vec4<f32>,
}

struct Point {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec4<f32>,
    @location(1) uv: vec2<f32>,
}

@group(0) @binding(0) var<uniform> transform: Transform;
#ifdef BINDLESS
@group(1) @binding(0) var textures: binding_array<texture_2d<f32>>;
@group(1) @binding(1) var samplers: binding_array<sampler>;

struct Which {
    index: u32,
}
var<immediate> which: Which;
#else
@group(1) @binding(0) var texture: texture_2d<f32>;
@group(1) @binding(1) var linear: sampler;
#endif

@vertex
fn vs_main(corner: Corner) -> Point {
    let at = corner.position * transform.scale + transform.translation;
    return Point(vec4(at, 0.0, 1.0), corner.colour, corner.uv);
}

@fragment
fn fs_main(point: Point) -> @location(0) vec4<f32> {
#ifdef BINDLESS
    return textureSample(textures[which.index], samplers[which.index], point.uv) * point.colour;
#else
    return textureSample(texture, linear, point.uv) * point.colour;
#endif
}
