/// The directory below which runs of the service work: how much it may hold, and when a run may begin there.
@NullMarked
package dev.fettle.app.place;

import org.jspecify.annotations.NullMarked;
