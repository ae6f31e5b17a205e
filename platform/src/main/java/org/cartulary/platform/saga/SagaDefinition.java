package org.cartulary.platform.saga;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of saga.
 *
 * @param type the name that its instances carry, which never changes
 * @param stateType a record that JSON can carry; it holds no secrets, since it is stored as it is
 * @param steps in the order in which they are run; steps may be appended, but a stored step keeps its number: where one comes in
 *     between, or goes, the order before is named with {@link #formerly}
 * @param end what is written when the last step was done, or all was undone; also after a recovery
 * @param forwardOnly whether nothing of it is ever undone: only its first step may be refused, and no operator can have it
 *     compensated
 * @param formerSteps the names of the steps in each earlier form, the first form first
 */
public record SagaDefinition<S>(
        String type,
        Class<S> stateType,
        List<SagaStep<S>> steps,
        SagaEnd<S> end,
        boolean forwardOnly,
        List<List<String>> formerSteps) {

    /** A kind of saga that is undone when a step is refused. */
    public SagaDefinition(String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end) {
        this(type, stateType, steps, end, false, List.of());
    }

    /** A kind of saga whose steps are never undone, see {@link #forwardOnly()}. */
    public static <S> SagaDefinition<S> forwardOnly(
            String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end) {
        return new SagaDefinition<>(type, stateType, steps, end, true, List.of());
    }

    public SagaDefinition {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a saga has at least one step");
        }
        formerSteps = formerSteps.stream().map(List::copyOf).toList();
        List<String> known = steps.stream().map(SagaStep::name).toList();
        for (List<String> former : formerSteps) {
            if (former.isEmpty() || !known.containsAll(former) || new HashSet<>(former).size() != former.size()) {
                throw new IllegalArgumentException("no earlier form of the saga " + type + ": " + former);
            }
        }
    }

    /**
     * The same kind of saga, which had other steps before: what was stored then is run and undone by those, under their numbers.
     * Sagas of each further form are stored under a name of their own, so that a process that does not know the form leaves
     * them alone.
     *
     * @param earlier the names of steps of this definition, in their order then
     */
    public SagaDefinition<S> formerly(String... earlier) {
        List<List<String>> all = new ArrayList<>(formerSteps);
        all.add(List.of(earlier));
        return new SagaDefinition<>(type, stateType, steps, end, forwardOnly, all);
    }

    /** Under which name new sagas are stored: the type's, with the number of the form from the second on. */
    String storedType() {
        return storedType(formerSteps.size());
    }

    private String storedType(int form) {
        return form == 0 ? type : type + ".v" + (form + 1);
    }

    /** The steps of each form, by the name under which its sagas are stored. */
    Map<String, List<SagaStep<S>>> forms() {
        Map<String, List<SagaStep<S>>> forms = new LinkedHashMap<>();
        for (int form = 0; form < formerSteps.size(); form++) {
            forms.put(
                    storedType(form),
                    formerSteps.get(form).stream().map(this::step).toList());
        }
        forms.put(storedType(), steps);
        return forms;
    }

    private SagaStep<S> step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every point that a saga of this kind can pass, each once, see {@link SagaListener}. */
    public List<String> points() {
        List<String> points = new ArrayList<>(List.of("begin/before", "started", "resumed"));
        for (SagaStep<S> step : steps) {
            points.add(step.name() + "/before");
            points.add(step.name() + "/done");
        }
        points.addAll(List.of("progress/before", "progress/written", "refused/before", "refused"));
        for (SagaStep<S> step : steps.reversed()) {
            points.add(step.name() + "/undoing");
            points.add(step.name() + "/undone");
        }
        points.addAll(List.of("suspended/before", "suspended", "end/before", "end/written"));
        return List.copyOf(points);
    }
}
