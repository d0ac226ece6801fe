// What is being drawn: uniforms.draw = (seed, first layer or block, law, order of an orthogonal matrix).

// W cleared, for what an orthogonal matrix leaves unwritten; biases are drawn with every law.
const LAW_CLEARED : u32 = 0u;
const LAW_NORMAL : u32 = 1u;
const LAW_UNIFORM : u32 = 2u;
const LAW_ORTHOGONAL : u32 = 3u;
const LAW_MIRRORED : u32 = 4u;
const LAW_FILTER : u32 = 5u;

const ROLE_WEIGHT : u32 = 1u;
const ROLE_BIAS : u32 = 2u;
const ROLE_FILTER : u32 = 3u;

fn seed() -> u32 { return uniforms.draw.x; }
fn law() -> u32 { return uniforms.draw.z; }
fn drawn_layer() -> u32 { return uniforms.draw.y + workgroupId.y; }
