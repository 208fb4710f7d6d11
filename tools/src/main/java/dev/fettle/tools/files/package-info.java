/// The tools that read, write and edit single files.
@NullMarked
package dev.fettle.tools.files;

import org.jspecify.annotations.NullMarked;
