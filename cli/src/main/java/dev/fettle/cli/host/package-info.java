/// What the commands need from the program around them, and how they say that something went wrong.
@NullMarked
package dev.fettle.cli.host;

import org.jspecify.annotations.NullMarked;
