//! The phrases of a month's report, from its head to its close.

use std::fmt::Display;

use super::super::{Said, Wording};
use super::{Expected, phrases};

phrases! {
    MONTH;
    paper Paper "Head, foot and properties of the papers." {
        kind();
        number(symbol);
        country();
        motto();
        place_and_date(place, day, month, year);
        summary(month, year, unit);
        recipients();
        recipient(name);
        last_recipient(name);
        title(unit, period);
        subject(unit, period);
        keywords(unit, period);
        numbered(number, title);
        annexed(number, title);
        attached(symbol, day, month, year);
        annexes();
        closing(period, unit);
    }
    words Words "Single words and small forms." {
        commune(kind, name);
        day(day, month, year);
        moment(day, time);
        reference(file, sheet, cell);
        file_and_sheet(file, sheet);
        at_cell(sheet, cell);
        at_sheet(sheet);
        criteria();
        indicators();
        of_set(subject, set);
        met();
        not_met();
        not_applicable();
        open();
        error();
        warning();
        info();
        in_time();
        late();
        missing();
        earlier(period);
        earlier_short(period);
        assessor_commune();
        assessor_district();
        assessor_plan();
        unconfirmed(name);
        unconfirmed_note();
        whole_criterion(name);
    }
    columns Columns "Headings of table columns." {
        commune();
        set();
        kind();
        period();
        item();
        criterion();
        indicator();
        content();
        verdict();
        value();
        unit();
        text();
        verdict_text();
        note();
        owner();
        office();
        task();
        due();
        since();
        source();
        file();
        sheet();
        cell();
        value_cell();
        received_at();
        assessor();
        state();
        versions();
        severity();
        message();
        hint();
        count();
        hash();
        submissions();
        counting();
        decision();
        criteria();
        indicators();
        unconfirmed();
        band();
        communes();
        names();
        newly_met();
        fell_back();
        no_longer_stated();
        met();
        not_met();
        not_applicable();
        unknown();
        declared();
    }
    overview Overview "The first page: the unit's figures." {
        title();
        sheet();
        intro(expected, period, unit, received, missing);
        intro_all(expected, period, unit);
        intro_late(due, names);
        received_label();
        received_late(count);
        received_missing(count);
        received_in_time();
        complete_label(set, total);
        complete_note_earlier(count);
        complete_note_declared(count);
        complete_note_nothing(count);
        mean_label(set);
        mean_note(count);
        mean_note_declared(count);
        mean_none();
        bands_heading();
        bands_caption(set, total);
        bands_note();
        band_all(total);
        band_range(from, to);
        band_under(under);
        band_declared(commune);
        band_unknown();
        band_nothing();
        band_total();
    }
    charts Charts "Charts and their figures." {
        bands();
        communes();
        heading();
        trend();
        items();
        month(mean, communes);
        size(set, total);
        note(sizes);
    }
    hard Hard "What most communes do not meet." {
        heading();
        title();
        sheet();
        caption(set, count);
        none(set);
        more(sheet);
        not_met_in(period);
    }
    changes Changes "What changed against the report before." {
        heading();
        before_now(before, now);
        against(figures, period);
        no_list();
        legend();
        unchanged(names);
        none();
        nothing_before();
    }
    decide Decide "What a committee has to look at." {
        changed_heading();
        gained(set, communes, items);
        gained_none(set);
        completed(total, names);
        risks_heading();
        no_risks();
        heading();
        none();
        who();
        what();
        by();
        now();
        communes(count);
        named_communes(names);
        office();
        ask_missing(period, due);
        ask_missing_sets(set);
        ask_set_aside(count, files);
        ask_errors(count, sheet);
        ask_fallen();
        ask_doubtful();
        ask_behind();
        ask_hands(count);
        ask_differences(communes);
        ask_wrong_total(what, declared, total);
        ask_no_list(set);
        ask_incomplete(count, communes);
        ask_no_plan(count, communes);
        ask_office(office, items);
        ask_offices(offices);
        commune(name);
        offices();
        set_aside_file(file, question);
        no_reason();
        unexpected(count, sheet);
        unplaced(count);
        difference_commune(commune, set, figures);
        difference(subject, declared, listed, amount);
        fell_back(names);
        fell_back_commune(commune, set, items);
        and_others(names);
        overdue(count, communes);
        repeated(names);
        repeated_commune(commune, set);
        jumping(names);
        behind(names);
        behind_commune(commune, set, year, outlook);
        hands(count, communes);
        contradicted(names);
        contradicted_commune(commune, set, items);
        commune_count(commune, count);
    }
    communes Communes "The paragraph of each commune." {
        title();
        sheet();
        note(period);
        lead(commune);
        lead_earlier(commune, earlier, period);
        listed(figures);
        by_list(criteria_met, criteria_total, indicators_met, indicators_total, set);
        by_criteria(criteria_met, criteria_total, set);
        by_criteria_only(criteria_met, criteria_total, set);
        declared_both(criteria_met, criteria_total, indicators_met, indicators_total, set);
        declared_criteria(criteria_met, criteria_total, set);
        declared_indicators(indicators_met, indicators_total, set);
        nothing_stated(set);
        no_report(set);
        no_report_at_all();
        of_earlier(earlier, period);
        aside_own_list(criteria, indicators);
        aside_difference(figures, cell);
        difference(declared, amount);
        aside_indicators_not_applicable(count);
        aside_criteria_not_applicable(count);
        aside_indicators_unknown(count);
        aside_criteria_unknown(count);
        aside_wrong_total(subject, declared, total);
        not_met(set, items);
        unknown(set, items);
        fell_back(set, period, items);
        roadmap(targets);
        target(set, year);
        whole(name);
        items(name, codes);
    }
    matrix Matrix "The matrices." {
        title(set);
        sheet(set);
        indicator_title(set);
        indicator_sheet(set);
        criterion_group(number);
        legend();
        legend_earlier(communes);
        names(names);
        name(number, name);
        earlier_commune(commune, period);
        no_commune(commune);
        met();
        not_met();
        not_met_count(count);
        not_applicable();
        open();
        not_reported();
        marked(letter);
        total_met();
        total_not_met();
        total_not_applicable();
        total_unknown();
    }
    unmet Unmet "What is not met." {
        title();
        sheet();
        paper_sheet();
        note(by);
        paper_note(by, sheet);
        planned();
        planned_many(count, overdue, sheet);
        unplanned();
        codes(set);
        group(commune, set, count, total, place);
        earlier(text, period);
        none();
        since_earlier(period);
        carried(period);
        amended(file, day);
        set(day);
        sources(sources);
        sourced(task, sources);
    }
    plan_form PlanForm "The workbook of plans that is filled in." {
        title(unit, period);
        sheet();
        mark(mark);
        step_what();
        step_fill();
        step_empty();
        step_send(unit);
        standing();
        no_day();
        footer(unit, period);
    }
    receipts Receipts "Reports received and missing." {
        title();
        sheet();
        paper_sheet();
        note(due);
        table();
        unexpected();
        unexpected_note();
        set_aside();
    }
    reconcile Reconcile "One report counted in three ways." {
        title();
        sheet();
        note();
        criteria();
        indicators();
        declared();
        listed();
        by_value();
        readings();
        may_be(readings);
        or();
        counted_by_value(items);
        nearly_met_counted(items);
        totals_of(period);
        missing_within(count, criteria);
        uncounted_within(count, criteria);
        lines_counted(items);
        counted_twice(criteria);
        met_below(item, value, target, cell);
        not_met_above(item, value, target, cell);
    }
    district District "The unit beside itself, and its own conditions." {
        title();
        sheet();
        note();
        caption(set);
        figure();
        moved(period);
        received();
        complete(total);
        mean();
        completed(names);
        lost(names);
        from_to(commune, then, now);
        came_from(commune, band);
        conditions();
        condition();
        named(name, decision);
        least();
        now();
        state();
        is_reached();
        is_not_reached(missing);
        is_open();
        unconfirmed();
    }
    hands Hands "Where commune, district and decisions differ." {
        title();
        sheet();
        paper_sheet();
        note();
        items();
        many(count, sheet);
        decision();
        counts();
        stated(verdict, place);
        nothing();
        decided(verdict, record);
        on_record(number, day);
        of_commune(verdict);
        of_district(verdict);
        of_decision(verdict, record);
        differs(item, said, hand);
        by_commune();
        by_several();
    }
    offices Offices "What each office has to follow." {
        title();
        sheet();
        paper_sheet();
        note();
        nobody();
        items();
        places();
        overdue();
        fallen();
        unplanned();
        urgent();
        next_date();
        due_next(day, count);
        urgent_item(item, set, count);
        past(commune, day);
        and_more(names, count);
    }
    reminders Reminders "Letters to communes, as plain text." {
        title(period, unit);
        note(day);
        heading(commune);
        to(commune);
        lead(period);
        closing();
        nothing(names);
        set_aside();
        missing(sets, period, due);
        send_again(file, reason);
        error(message, place);
        no_list(set);
        difference(set, figures);
        incomplete(set, items);
        contradicted(set, items);
        jumping(set, items);
        repeated(set, period);
        fell_back(set, items);
        overdue(set, items);
        no_plan(set, items);
        and_more(items, count);
    }
}
