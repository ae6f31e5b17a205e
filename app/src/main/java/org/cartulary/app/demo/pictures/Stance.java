package org.cartulary.app.demo.pictures;

/** How a thing is shown, which decides its shadow. */
enum Stance {
    /** On the floor, which it touches with its lowest point. */
    STANDING,
    /** On the wall, or from a string. */
    HANGING
}
