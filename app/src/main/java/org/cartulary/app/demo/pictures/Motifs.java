package org.cartulary.app.demo.pictures;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All motifs by their names. */
final class Motifs {

    /**
     * A motif and how it is shown.
     *
     * @param motif what is drawn
     * @param stance whether it stands or hangs
     */
    record Shown(Motif motif, Stance stance) {}

    private static final Map<String, Shown> ALL = Map.ofEntries(
            entry("mug", standing(Tableware::mug)),
            entry("teacup", standing(Tableware::teacup)),
            entry("teapot", standing(Tableware::teapot)),
            entry("teaset", standing(Tableware::teaSet)),
            entry("plate", hanging(Tableware::plate)),
            entry("bowl", standing(Tableware::bowl)),
            entry("jug", standing(Tableware::jug)),
            entry("cakestand", standing(Tableware::cakeStand)),
            entry("jar", standing(Tableware::jar)),
            entry("lunchbag", standing(Bags::lunchBag)),
            entry("jumbo", standing(Bags::jumbo)),
            entry("tote", standing(Bags::tote)),
            entry("picnicbag", standing(Bags::picnicBag)),
            entry("lunchbox", standing(Bags::lunchBox)),
            entry("suitcases", standing(Bags::suitcases)),
            entry("basket", standing(Bags::basket)),
            entry("hangingheart", hanging(Lights::hangingHeart)),
            entry("tlight", standing(Lights::glass)),
            entry("lantern", standing(Lights::lantern)),
            entry("candles", standing(Lights::candles)),
            entry("candletin", standing(Lights::candleTin)),
            entry("toadstool", standing(Lights::toadstool)),
            entry("rabbit", standing(Lights::rabbit)),
            entry("stringlights", hanging(Lights::stringLights)),
            entry("starlight", hanging(Lights::starLight)),
            entry("cakecases", standing(Kitchen::cakeCases)),
            entry("caketins", standing(Kitchen::cakeTins)),
            entry("tin", standing(Kitchen::roundTin)),
            entry("canisters", standing(Kitchen::canisters)),
            entry("scales", standing(Kitchen::scales)),
            entry("cutters", hanging(Kitchen::cutters)),
            entry("gingerbread", hanging(Kitchen::gingerbread)),
            entry("spoons", hanging(Kitchen::spoons)),
            entry("cutlery", hanging(Kitchen::cutlery)),
            entry("breadbin", standing(Kitchen::breadBin)),
            entry("recipebox", standing(Kitchen::recipeBox)),
            entry("glove", hanging(Kitchen::glove)),
            entry("towel", hanging(Kitchen::towel)),
            entry("apron", hanging(Kitchen::apron)),
            entry("brush", standing(Kitchen::brushes)),
            entry("napkins", hanging(Kitchen::napkins)),
            entry("sign", hanging(Walls::sign)),
            entry("alarmclock", standing(Walls::alarmClock)),
            entry("wallclock", hanging(Walls::wallClock)),
            entry("frame", hanging(Walls::frame)),
            entry("chalkboard", hanging(Walls::chalkboard)),
            entry("blackboard", hanging(Walls::blackboard)),
            entry("hooks", hanging(Walls::hooks)),
            entry("memoboard", hanging(Walls::memoBoard)),
            entry("bird", hanging(Walls::bird)),
            entry("wickerheart", hanging(Walls::wickerHeart)),
            entry("heart", hanging(Walls::heartDecoration)),
            entry("mirror", hanging(Walls::mirror)),
            entry("doormat", standing(Homes::doormat)),
            entry("cushion", standing(Homes::cushion)),
            entry("doorstop", standing(Homes::doorstop)),
            entry("hotwaterbottle", standing(Homes::hotWaterBottle)),
            entry("handwarmer", hanging(Homes::handWarmer)),
            entry("umbrella", standing(Homes::umbrella)),
            entry("parasol", standing(Homes::parasol)),
            entry("cabinet", standing(Homes::cabinet)),
            entry("knob", hanging(Homes::knob)),
            entry("trinketbox", standing(Homes::trinketBox)),
            entry("piggybank", standing(Homes::piggyBank)),
            entry("nestingdoll", standing(Homes::nestingDoll)),
            entry("card", standing(Papers::card)),
            entry("notebook", hanging(Papers::notebook)),
            entry("wrap", hanging(Papers::wrap)),
            entry("ribbons", standing(Papers::ribbons)),
            entry("tags", hanging(Papers::tags)),
            entry("stationery", hanging(Papers::stationery)),
            entry("pack", standing(Papers::pack)),
            entry("cards", hanging(Papers::cards)),
            entry("pencils", standing(Papers::pencils)),
            entry("bunting", hanging(Papers::bunting)),
            entry("paperchain", hanging(Papers::paperChain)),
            entry("cracker", hanging(Papers::cracker)),
            entry("partycups", standing(Papers::partyCup)),
            entry("popcorn", standing(Papers::popcorn)),
            entry("doll", standing(Play::doll)),
            entry("spinningtops", standing(Play::spinningTops)),
            entry("skittles", standing(Play::skittles)),
            entry("dominoes", hanging(Play::dominoes)),
            entry("blocks", standing(Play::blocks)),
            entry("skippingrope", hanging(Play::skippingRope)),
            entry("harmonica", standing(Play::harmonica)),
            entry("gamebox", standing(Play::gameBox)),
            entry("wateringcan", standing(Gardens::wateringCan)),
            entry("plantpot", standing(Gardens::plantPot)),
            entry("kneelingpad", hanging(Gardens::kneelingPad)),
            entry("birdcage", standing(Gardens::birdcage)),
            entry("ladder", standing(Gardens::ladder)),
            entry("birdhouse", hanging(Gardens::birdHouse)),
            entry("keyfob", hanging(Gardens::keyFob)),
            entry("stocking", hanging(Seasons::stocking)),
            entry("bauble", hanging(Seasons::bauble)),
            entry("tree", hanging(Seasons::tree)),
            entry("woodenstar", hanging(Seasons::woodenStar)),
            entry("bells", hanging(Seasons::bells)),
            entry("angel", hanging(Seasons::angel)),
            entry("wreath", hanging(Seasons::wreath)),
            entry("gift", standing(Seasons::gift)));

    private Motifs() {}

    /** The motif of that name, and a wrapped present where there is none. */
    static Shown of(String name) {
        Shown shown = ALL.get(name);
        return shown == null ? standing(Seasons::gift) : shown;
    }

    /** The names of all motifs, sorted. */
    static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    private static Shown standing(Motif motif) {
        return new Shown(motif, Stance.STANDING);
    }

    private static Shown hanging(Motif motif) {
        return new Shown(motif, Stance.HANGING);
    }
}
