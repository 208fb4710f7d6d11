/// The workspaces of the service's users as directories, each with what is known of it in a file beside.
@NullMarked
package dev.fettle.tools.kept;

import org.jspecify.annotations.NullMarked;
