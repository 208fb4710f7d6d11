/// Reads what test runners, compilers and programs print: their report files first, their text where there are none.
@NullMarked
package dev.fettle.code.report.read;

import org.jspecify.annotations.NullMarked;
