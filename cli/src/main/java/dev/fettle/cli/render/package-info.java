/// What a run looks like: progress for people, results for people and programs.
@NullMarked
package dev.fettle.cli.render;

import org.jspecify.annotations.NullMarked;
