/* broker-rules-undo.c: taking back one's own command while nothing has been built on it.
 *
 * Pure. The register remembers for a minute what each client's command changed; whether somebody has
 * changed the same since then stands there too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

gboolean
broker_rule_undo (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "");
}
