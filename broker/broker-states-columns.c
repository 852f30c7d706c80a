/* broker-states-columns.c: the forms of unit_states.csv, referrals.csv and bed_states.csv.
 *
 * A column is one line here: its name, the kind of its value (which names parser and printer at once),
 * where it stands in the line, and its bounds. Owns constant tables only; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states-columns.h"

#include "broker-states-values.h"

#define VALUE(kind) .parse = broker_value_##kind, .print = broker_print_##kind
#define FIELD(type, member) .offset = offsetof (type, member)
#define WORD(class) VALUE (word), .words = &bed_##class##_words
#define OPTIONAL .may_be_empty = TRUE

#define MINUTES_MAX G_MAXUINT16
#define OXYGEN_MAX 60 /* litres a minute, as a referral may ask for */

/* In the order of their bits. */
static const char *const mark_texts[] = { "closed",    "held_once", "responded",     "hold_extended",
                                          "assessing", "first",     "stay_extended", "decide",
                                          "exposed" };
static const BedWords mark_words = { "mark", mark_texts, G_N_ELEMENTS (mark_texts) };

G_STATIC_ASSERT (BED_REFERRAL_CLOSED == 1 << 0 && BED_REFERRAL_HELD_ONCE == 1 << 1 && BED_REFERRAL_RESPONDED == 1 << 2
                 && BED_REFERRAL_HOLD_EXTENDED == 1 << 3 && BED_REFERRAL_ASSESSING == 1 << 4
                 && BED_REFERRAL_FIRST == 1 << 5 && BED_REFERRAL_STAY_EXTENDED == 1 << 6
                 && BED_REFERRAL_DECIDE == 1 << 7 && BROKER_MARK_EXPOSED == 1 << 8);

static const BrokerColumn unit_columns[] = {
  { "unit", VALUE (id), FIELD (BrokerUnitStateLine, unit) },
  { "staffed_cap", VALUE (u32), FIELD (BrokerUnitStateLine, row.staffed_cap), .most = BED_MAX_BEDS },
  { "cap_until", VALUE (time), FIELD (BrokerUnitStateLine, row.cap_until_us), OPTIONAL },
  { "closed_reason", WORD (closure), FIELD (BrokerUnitStateLine, row.closed_reason) },
  { "surge_asked", VALUE (u8), FIELD (BrokerUnitStateLine, row.surge_asked), .most = G_MAXUINT8 },
  { "surge_asked_until", VALUE (time), FIELD (BrokerUnitStateLine, terms.surge_asked_until_us), OPTIONAL },
  { "answers", VALUE (answers), FIELD (BrokerUnitStateLine, row), OPTIONAL },
};

static const BrokerColumn bed_columns[] = {
  { "bed", VALUE (id), FIELD (BrokerBedStateLine, bed) },
  { "occupancy", WORD (occupancy), FIELD (BrokerBedStateLine, row.occupancy) },
  { "readiness", WORD (readiness), FIELD (BrokerBedStateLine, row.readiness) },
  { "service", WORD (service), FIELD (BrokerBedStateLine, row.service) },
  { "closed_reason", WORD (closure), FIELD (BrokerBedStateLine, row.closed_reason) },
  { "closed_until", VALUE (time), FIELD (BrokerBedStateLine, terms.closed_until_us), OPTIONAL },
  { "surge_until", VALUE (time), FIELD (BrokerBedStateLine, terms.surge_until_us), OPTIONAL },
  { "isolation", WORD (isolation), FIELD (BrokerBedStateLine, row.isolation) },
  { "infection", WORD (infection), FIELD (BrokerBedStateLine, infection) },
  { "commitment", WORD (commitment), FIELD (BrokerBedStateLine, row.commitment) },
  { "referral", VALUE (code), FIELD (BrokerBedStateLine, referral), OPTIONAL },
  { "hold_min", VALUE (u16), FIELD (BrokerBedStateLine, row.hold_min), .most = MINUTES_MAX },
  { "expected_free_at", VALUE (time), FIELD (BrokerBedStateLine, row.expected_free_us), OPTIONAL },
  { "left_at", VALUE (time), FIELD (BrokerBedStateLine, left_us), OPTIONAL },
  { "overdue", VALUE (yes), FIELD (BrokerBedStateLine, overdue) },
  { "outages", VALUE (outages), FIELD (BrokerBedStateLine, terms), OPTIONAL },
  { "confirmed_at", VALUE (time), FIELD (BrokerBedStateLine, row.confirmed_at_us), OPTIONAL },
  { "source", WORD (source), FIELD (BrokerBedStateLine, source) },
  { "stale", VALUE (yes), FIELD (BrokerBedStateLine, stale) },
  { "in_effect", VALUE (yes), FIELD (BrokerBedStateLine, in_effect) },
  { "free_since", VALUE (time), FIELD (BrokerBedStateLine, terms.free_since_us), OPTIONAL },
};

static const BrokerColumn referral_columns[] = {
  { "referral", VALUE (code), FIELD (BrokerReferralLine, row.code) },
  { "state", WORD (state), FIELD (BrokerReferralLine, row.state) },
  { "since", VALUE (time), FIELD (BrokerReferralLine, row.since_us) },
  { "lane", WORD (lane), FIELD (BrokerReferralLine, row.lane) },
  { "pathway", WORD (pathway), FIELD (BrokerReferralLine, row.pathway) },
  { "type", WORD (type), FIELD (BrokerReferralLine, row.type) },
  { "sex", WORD (sex), FIELD (BrokerReferralLine, row.sex) },
  { "age_band", WORD (age_band), FIELD (BrokerReferralLine, row.age_band) },
  { "agreed", WORD (agreed), FIELD (BrokerReferralLine, row.agreed) },
  { "source", VALUE (id), FIELD (BrokerReferralLine, source) },
  { "lap", VALUE (id), FIELD (BrokerReferralLine, lap), OPTIONAL },
  { "home", VALUE (outward), FIELD (BrokerReferralLine, home), OPTIONAL },
  { "easting", VALUE (u32), FIELD (BrokerReferralLine, row.easting), .most = BROKER_EASTING_MAX },
  { "northing", VALUE (u32), FIELD (BrokerReferralLine, row.northing), .most = BROKER_NORTHING_MAX },
  { "must", VALUE (words), FIELD (BrokerReferralLine, row.must), .words = &bed_need_words, OPTIONAL },
  { "must_not", VALUE (words), FIELD (BrokerReferralLine, row.must_not), .words = &bed_need_words, OPTIONAL },
  { "prefer", VALUE (words), FIELD (BrokerReferralLine, row.prefer), .words = &bed_need_words, OPTIONAL },
  { "infection", WORD (infection), FIELD (BrokerReferralLine, row.infection) },
  { "weight_band", WORD (weight_band), FIELD (BrokerReferralLine, row.weight_band) },
  { "oxygen_lpm", VALUE (u8), FIELD (BrokerReferralLine, row.oxygen_lpm), .most = OXYGEN_MAX },
  { "home_first", WORD (home_first), FIELD (BrokerReferralLine, row.home_first) },
  { "submitted_at", VALUE (time), FIELD (BrokerReferralLine, row.submitted_at_us) },
  { "triaged_at", VALUE (time), FIELD (BrokerReferralLine, row.triaged_at_us), OPTIONAL },
  { "ready_at", VALUE (time), FIELD (BrokerReferralLine, row.ready_at_us), OPTIONAL },
  { "arrived_at", VALUE (time), FIELD (BrokerReferralLine, row.arrived_at_us), OPTIONAL },
  { "chc_from", VALUE (time), FIELD (BrokerReferralLine, row.chc_from_us), OPTIONAL },
  { "bed", VALUE (id), FIELD (BrokerReferralLine, bed), OPTIONAL },
  { "until", VALUE (time), FIELD (BrokerReferralLine, row.until_us), OPTIONAL },
  { "hold_min", VALUE (u16), FIELD (BrokerReferralLine, row.hold_min), .most = MINUTES_MAX },
  { "expected_at", VALUE (time), FIELD (BrokerReferralLine, row.expected_at_us), OPTIONAL },
  { "transport", WORD (transport), FIELD (BrokerReferralLine, row.transport) },
  { "waiting_for", WORD (waiting_for), FIELD (BrokerReferralLine, row.waiting_for) },
  { "offer_bed", VALUE (id), FIELD (BrokerReferralLine, offer_bed), OPTIONAL },
  { "offer_metres", VALUE (u32), FIELD (BrokerReferralLine, row.offer_metres), .most = G_MAXUINT32 },
  { "offered_at", VALUE (time), FIELD (BrokerReferralLine, row.offered_at_us), OPTIONAL },
  { "lapsed_bed", VALUE (id), FIELD (BrokerReferralLine, lapsed_bed), OPTIONAL },
  { "declined_by", VALUE (ids), FIELD (BrokerReferralLine, declined_by), OPTIONAL },
  { "linked", VALUE (code), FIELD (BrokerReferralLine, linked), OPTIONAL },
  { "paused_for", VALUE (word_or_none), FIELD (BrokerReferralLine, row.paused_for), .words = &bed_pause_words, OPTIONAL },
  { "left_to", VALUE (word_or_none), FIELD (BrokerReferralLine, row.left_to), .words = &bed_outcome_words, OPTIONAL },
  { "breached", VALUE (words), FIELD (BrokerReferralLine, breached), .words = &bed_clock_words, OPTIONAL },
  { "marks", VALUE (words), FIELD (BrokerReferralLine, marks), .words = &mark_words, OPTIONAL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (referral_columns) <= BROKER_STATE_COLUMNS_MAX);

static void
clear_referral (gpointer line)
{
  g_free (((BrokerReferralLine *) line)->declined_by);
}

#define FORM(file) [file - BROKER_N_REFERENCE_FILES]

const BrokerForm broker_state_forms[BROKER_N_FILES - BROKER_N_REFERENCE_FILES] = {
  FORM (BROKER_FILE_UNIT_STATES)
  = { unit_columns, G_N_ELEMENTS (unit_columns), sizeof (BrokerUnitStateLine), BED_MAX_UNITS, NULL },
  FORM (BROKER_FILE_REFERRALS)
  = { referral_columns, G_N_ELEMENTS (referral_columns), sizeof (BrokerReferralLine), BED_MAX_REFERRALS, clear_referral },
  FORM (BROKER_FILE_BED_STATES)
  = { bed_columns, G_N_ELEMENTS (bed_columns), sizeof (BrokerBedStateLine), BED_MAX_BEDS, NULL },
};

gboolean
broker_states_are_of (const BedReferralRow *row)
{
  return (row->flags & BED_REFERRAL_CLOSED) == 0 || row->left_to == BED_OUTCOME_OTHER_IIC_BED + 1;
}
