// Twin of math/random.ts: Threefry-2x32 with 20 rounds. Key (seed, role), counter (pair, layer).

fn rotate_left(x : u32, r : u32) -> u32 {
  return (x << r) | (x >> (32u - r));
}

// Four rounds with the rotations r.
fn four_rounds(x : vec2<u32>, r : vec4<u32>) -> vec2<u32> {
  var y = x;
  for (var i = 0u; i < 4u; i++) {
    y.x = y.x + y.y;
    y.y = rotate_left(y.y, r[i]) ^ y.x;
  }
  return y;
}

// The two words of a pair of the stream.
fn words_of(key : vec2<u32>, pair : u32, layer : u32) -> vec2<u32> {
  let even = vec4<u32>(13u, 15u, 26u, 6u);
  let odd = vec4<u32>(17u, 29u, 16u, 24u);
  let third = key.x ^ key.y ^ 0x1bd11bdau;
  var x = vec2<u32>(pair, layer) + key;
  x = four_rounds(x, even) + vec2<u32>(key.y, third + 1u);
  x = four_rounds(x, odd) + vec2<u32>(third, key.x + 2u);
  x = four_rounds(x, even) + vec2<u32>(key.x, key.y + 3u);
  x = four_rounds(x, odd) + vec2<u32>(key.y, third + 4u);
  x = four_rounds(x, even) + vec2<u32>(third, key.x + 5u);
  return x;
}

// ((word >>> 9) + 1/2) / 2^23, exact
fn open_unit(word : u32) -> f32 {
  return f32((word >> 9u) * 2u + 1u) * 5.9604644775390625e-8;
}

// Entry `index` of the stream's standard normals (Box-Muller).
fn normal_at(key : vec2<u32>, layer : u32, index : u32) -> f32 {
  let words = words_of(key, index >> 1u, layer);
  let radius = sqrt(-2.0 * accurate_log(open_unit(words.x)));
  let turn = cosine_sine_of_turn(open_unit(words.y));
  return radius * select(turn.x, turn.y, (index & 1u) == 1u);
}

// Entry `index` of the stream's uniforms on (-1, 1).
fn uniform_at(key : vec2<u32>, layer : u32, index : u32) -> f32 {
  let words = words_of(key, index >> 1u, layer);
  return 2.0 * open_unit(select(words.x, words.y, (index & 1u) == 1u)) - 1.0;
}
