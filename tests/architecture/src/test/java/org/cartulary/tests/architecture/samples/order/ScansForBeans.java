package org.cartulary.tests.architecture.samples.order;

import org.springframework.context.annotation.ComponentScan;

/** Wrong: what it finds decides what runs. */
@ComponentScan
class ScansForBeans {}
