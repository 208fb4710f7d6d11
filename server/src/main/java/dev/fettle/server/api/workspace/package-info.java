/// Workspaces of the users: made, looked at and removed; and what runs leave in them.
@NullMarked
package dev.fettle.server.api.workspace;

import org.jspecify.annotations.NullMarked;
