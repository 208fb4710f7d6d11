/// The files of a workspace as tools look at them: what a project has in a directory, and where a named source is.
@NullMarked
package dev.fettle.code.project;

import org.jspecify.annotations.NullMarked;
