// What the tests in a browser share: they say of each step how it ended, go on after one that failed, and end with the counts.

let passed = 0;
let failed = 0;

// Does a step, and says how it ended.
export const check = async (name, work) => {
  try {
    await work();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.message ?? error).split("\n").slice(0, 12).join("\n     ")}`);
  }
};

// Fails the step with these words unless the condition holds.
export const holds = (condition, what) => {
  if (!condition) throw new Error(what);
};

// Says the counts, and ends the program: with 1 when a step failed.
export const conclude = () => {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
};
