package org.cartulary.app.demo.pictures;

/** Draws one kind of thing, within a square of 1000 by 1000 units whose origin is above left. */
interface Motif {

    /** Draws it. */
    void paint(Brush brush);
}
