// Decisions asked of whole tables.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/arrow.h"
#include "spie/pack/table.hpp"
#include "spie/table/table.hpp"

#include <cstddef>

namespace spie::capi {

namespace {

// Taken over from the caller, and released unless it is taken on.
class Given {
public:
  explicit Given(ArrowArrayStream *stream) {
    if (stream != nullptr) {
      stream_ = *stream;
      stream->release = nullptr;
    }
  }
  Given(const Given &) = delete;
  Given &operator=(const Given &) = delete;
  ~Given() {
    if (stream_.release != nullptr)
      stream_.release(&stream_);
  }
  ArrowArrayStream &operator*() { return stream_; }

private:
  ArrowArrayStream stream_{};
};

constexpr int usual_scale = 6;

void read_options(const spie_table_options &given, table::Options &options) {
  if (given.keep == nullptr && given.keep_count != 0)
    refuse_argument("keep", "is NULL and its count is not 0");
  for (std::size_t i = 0; i < given.keep_count; ++i)
    options.garder.emplace_back(text_argument(given.keep[i], "keep[]"));
  if (given.prefix != nullptr)
    options.prefixe = text_argument(given.prefix, "prefix");
  if (given.scale < -1 || given.scale > 38)
    refuse_argument("scale", "is neither -1, 0 nor a number of decimals up to 38");
  options.echelle = given.scale == 0 ? usual_scale : given.scale == -1 ? 0 : given.scale;
  if (given.threads < 0)
    refuse_argument("threads", "is negative");
  options.threads = given.threads;
  if (given.words == nullptr && given.word_count != 0)
    refuse_argument("words", "is NULL and its count is not 0");
  options.mots.assign(given.words, given.words + given.word_count);
  options.ignorer = given.ignore != 0;
  options.regle = given.rule != 0;
  options.motif = given.reason != 0;
  options.schema = load_limits_argument(given.schema);
  if (given.row_by_row != nullptr)
    options.rang_par_rang = [tell = given.row_by_row, context = given.context](const std::string &place,
                                                                               const std::string &why) {
      tell(context, place.c_str(), why.c_str());
    };
  if (given.rows_left != nullptr)
    options.laissees = [tell = given.rows_left, context = given.context](const std::string &place,
                                                                         const std::string &why, std::int64_t rows) {
      tell(context, place.c_str(), why.c_str(), rows);
    };
}

// `ask` is given the options and the table.
template <class Ask>
spie_status answer_table(ArrowArrayStream *answer, ArrowArrayStream *table, const spie_table_options *options,
                         spie_error *error, Ask &&ask) noexcept {
  Given given(table);
  if (answer != nullptr)
    answer->release = nullptr;
  return guard(error, [&] {
    needed(answer, "the first argument, where the answer goes,");
    needed(table, "table");
    ask(options_argument(options, spie_table_options SPIE_TABLE_OPTIONS_INIT, offsetof(spie_table_options, schema)),
        *given);
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_decision_evaluate_table(struct ArrowArrayStream *answer, const spie_decision *decision,
                                         struct ArrowArrayStream *table, const char *as_of,
                                         const spie_table_options *options, spie_error *error) {
  return answer_table(answer, table, options, error, [&](const spie_table_options &asked, ArrowArrayStream &given) {
    const auto &held = needed(decision, "decision").decision;
    PackTableOptions read;
    read_options(asked, read);
    read.parametres = parameters_argument(held->pack(), asked.parameters, asked.parameters_length);
    if (asked.now != nullptr)
      refuse_argument("now", "is of no use to a pack, which does not read the clock");
    if (asked.limits != nullptr)
      read.limits = limits_argument(asked.limits);
    evaluate_table(*answer, held, given, std::string(text_argument(as_of, "as_of")), read);
  });
}

spie_status spie_prepared_evaluate_table(struct ArrowArrayStream *answer, const spie_prepared *prepared,
                                         struct ArrowArrayStream *table, const spie_table_options *options,
                                         spie_error *error) {
  return answer_table(answer, table, options, error, [&](const spie_table_options &asked, ArrowArrayStream &given) {
    const auto &held = needed(prepared, "prepared").decision;
    table::Options read;
    read_options(asked, read);
    if (asked.parameters != nullptr)
      refuse_argument("parameters", "are those of a pack");
    dmn::EvaluateOptions evaluation;
    evaluation.now = instant_argument(asked.now, "now");
    evaluation.limits = limits_argument(asked.limits);
    table::evaluate(*answer, held, given, read, evaluation);
  });
}
