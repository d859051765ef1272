// What tests need to say, without a library from the network.

/**
 * Both come to the same JSON, where −∞ is no null and an array of floats is a list.
 * @param {unknown} found
 * @param {unknown} expected
 */
export function same(found, expected) {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value, plain));
  if (a !== b) throw new Error(`found    ${a}\nexpected ${b}`);
}

/**
 * The call throws such an error, whose message holds the words. Returns the message.
 * @param {() => unknown} call
 * @param {new (message: string) => Error} type
 * @param {string} words
 */
export function refused(call, type, words) {
  try {
    call();
  } catch (error) {
    if (error instanceof type && error.message.includes(words)) return error.message;
    throw new Error(`threw ${error}\nexpected ${type.name} with "${words}"`);
  }
  throw new Error(`threw nothing\nexpected ${type.name} with "${words}"`);
}

/**
 * @param {boolean} holds
 * @param {string} otherwise what to say where it does not
 */
export function truthy(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/**
 * @param {string} _
 * @param {unknown} value
 */
function plain(_, value) {
  if (value === -Infinity) return "−∞";
  return value instanceof Float64Array ? [...value] : value;
}
