const begun = new Set<string>();

/** A test that needed its second chance is named, as the end-to-end tests name theirs. */
beforeEach(function () {
  const title = this.currentTest?.fullTitle() ?? '';
  if (begun.has(title)) console.warn(`flaky: ${title}`);
  begun.add(title);
});
