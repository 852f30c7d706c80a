/* model-scene.h: what the feed says, given to a model at one moment. For the tests of the model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/board-model.h"
#include "wall-fixture.h"

#define SIZE ((WallSize){ 14, 2, 9 })
#define NOW_US G_GINT64_CONSTANT (5000000000)

/* Takes params. */
static void
apply (BoardModel *model, const char *method, JsonObject *params)
{
  board_model_apply (model, method, params, NOW_US);
  json_object_unref (params);
}

static void
apply_text (BoardModel *model, const char *method, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  apply (model, method, json_node_dup_object (node));
}
