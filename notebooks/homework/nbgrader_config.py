"""How nbgrader makes the student versions and grades; its programs read this file here."""

c = get_config()

c.CourseDirectory.course_id = "convolution-arithmetic"

# A stub that lets "Run all" go on, so that each check can say "not attempted".
c.ClearSolutions.code_stub = {"python": "# Your code here."}
c.ClearSolutions.text_stub = "Write your answer here, in place of this line."

# Tests are what the source says, whatever was handed in: edited ones are restored (nbgrader does it
# by itself), deleted ones added again, and no tag makes one be skipped. Without the last of these
# lines a wrong notebook whose tests are tagged has full marks.
c.OverwriteCells.add_missing_cells = True
c.Execute.skip_cells_with_tag = "__none__"

# An endless loop ends the cell, and then the rest is graded.
c.Execute.timeout = 60
c.Execute.interrupt_on_timeout = True
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "The cell took longer than a minute.",
    "traceback": ["The cell took longer than a minute."],
}
