#include "spie/convention/echeancier.hpp"

#include "insertion/convention/decisions.hpp"
#include "insertion/convention/records.hpp"
#include "insertion/text_of.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::convention {

namespace {

std::vector<std::string> missing_of(const feel::Value &value) {
  feel::Cause cause;
  feel::collect_causes(value, cause);
  const std::set<std::string> paths(cause.missing.begin(), cause.missing.end());
  return {paths.begin(), paths.end()};
}

// What the caller says was done: duty → date.
std::map<std::string, feel::Date, std::less<>> read_done(const feel::Value &facts) {
  std::map<std::string, feel::Date, std::less<>> done;
  const feel::Value *given = facts.is(feel::Kind::context) ? facts.context().find("echeances_faites") : nullptr;
  if (given == nullptr || given->is_null())
    return done;
  const auto refuse = [](const std::string &where, const std::string &message) {
    throw Error({Code::pack_fact_type, Level::error, message, "/echeances_faites" + where,
                 "Give {\"premier-versement\": \"2022-03-20\"}."});
  };
  if (!given->is(feel::Kind::context))
    refuse({}, "an object of dates by duty is expected");
  for (const auto &[id, value] : given->context()) {
    const bool midnight = value.is(feel::Kind::date_time) && value.date_time().is_bare_date();
    const auto date = value.is(feel::Kind::date)   ? std::optional(value.date())
                      : midnight                   ? std::optional(value.date_time().date)
                      : value.is(feel::Kind::text) ? feel::Date::parse(value.text())
                                                   : std::nullopt;
    if (!date)
      refuse("/" + id, "a date is expected");
    done.emplace(id, *date);
  }
  return done;
}

class Schedule {
public:
  Schedule(const Pack &pack, const feel::Value &faits, feel::Date date, const Options &options)
      : pack_(pack), decisions_(pack, date, options), facts_(checked_facts(pack, faits)), done_(read_done(faits)) {
    decisions_.require("echeancier");
    decisions_.require("etat_echeance");
    result_.pack_id = pack.id();
    result_.pack_version = pack.version();
    result_.pack_sha256 = pack.sha256();
    result_.date = date;

    const PackResult duties = decisions_.call("echeancier", facts_);
    if (!duties.value.is(feel::Kind::list))
      throw Error({Code::pack_role, Level::error, "the decision gives no list of duties", "role 'echeancier'"});
    for (const feel::Value &duty : duties.value.list())
      result_.echeances.push_back(read(duty));
    check_done();
    std::stable_sort(result_.echeances.begin(), result_.echeances.end(), [](const Echeance &a, const Echeance &b) {
      return a.date && b.date ? *a.date < *b.date : a.date.has_value() && !b.date.has_value();
    });
  }

  Echeancier take() && { return std::move(result_); }

private:
  Echeance read(const feel::Value &from) {
    Echeance duty;
    duty.id = text_of(from, "id");
    if (duty.id.empty())
      throw Error({Code::pack_role, Level::error, "a duty has no id", "role 'echeancier'"});
    duty.libelle = text_of(from, "libelle");
    duty.debiteur = text_of(from, "debiteur");
    duty.genre = text_of(from, "genre");
    if (duty.genre.empty())
      throw Error({Code::pack_role, Level::error, "the duty '" + duty.id + "' has no 'genre'", "role 'echeancier'"});
    duty.article = text_of(from, "article");
    duty.recurrence = text_of(from, "recurrence");
    duty.declencheur = text_of(from, "declencheur");
    duty.condition = text_of(from, "condition");
    date(duty, from.context().find("date"));
    if (const feel::Value *end = from.context().find("fin"); end != nullptr && end->is(feel::Kind::date))
      duty.fin = end->date();
    const auto done = done_on(duty.id, text_of(from, "fait_accompli"));
    if (done && *done <= result_.date)
      duty.faite_le = done;
    duty.etat = state(duty);
    return duty;
  }

  // A date of the table, or, where the table leaves it to a fact, of the decision that plays echeance:ID.
  void date(Echeance &duty, const feel::Value *written) {
    feel::Value value = written == nullptr ? feel::Value() : *written;
    const std::string role = "echeance:" + duty.id;
    if (!value.is(feel::Kind::date) && decisions_.has(role))
      value = decisions_.call(role, facts_).value;
    if (value.is(feel::Kind::date))
      duty.date = value.date();
    else
      duty.manquants = missing_of(value);
  }

  // What the caller says of the duty, or the date of the fact that the pack takes as its proof.
  std::optional<feel::Date> done_on(const std::string &id, const std::string &fact) const {
    if (const auto found = done_.find(id); found != done_.end())
      return found->second;
    if (fact.empty())
      return std::nullopt;
    const dmn::ElementInfo *input = pack_.model().find_input(fact);
    if (input == nullptr || input->type.kind() != feel::Type::Kind::date)
      throw Error({Code::pack_role, Level::error,
                   "the duty '" + id + "' is done by '" + fact + "', which is no date among the facts",
                   "role 'echeancier', fait_accompli"});
    const feel::Value *value = facts_.find(fact);
    return value != nullptr && value->is(feel::Kind::date) ? std::optional(value->date()) : std::nullopt;
  }

  static const char *calendar(const Echeance &duty) {
    if (duty.date)
      return "datee";
    if (duty.recurrence.empty())
      return "attendue";
    return duty.fin ? "recurrente_bornee" : "recurrente";
  }

  std::string state(const Echeance &duty) {
    feel::Context facts{{"calendrier_echeance", calendar(duty)},
                        {"genre_echeance", duty.genre},
                        {"echeance_faite", duty.faite_le ? "oui" : "non"},
                        {"date_etat", result_.date}};
    if (duty.date)
      facts.set("date_echeance", *duty.date);
    if (duty.fin)
      facts.set("fin_recurrence", *duty.fin);
    if (duty.faite_le)
      facts.set("date_faite", *duty.faite_le);
    const PackResult result = decisions_.call("etat_echeance", facts);
    if (!result.value.is(feel::Kind::text))
      throw Error({Code::pack_role, Level::error, "the decision gives no state for the duty '" + duty.id + "'",
                   "role 'etat_echeance'"});
    return result.value.text();
  }

  // A duty that the pack does not have would be done without anyone seeing it.
  void check_done() const {
    std::vector<std::string> known;
    for (const Echeance &duty : result_.echeances)
      known.push_back(duty.id);
    for (const auto &[id, date] : done_) {
      if (std::find(known.begin(), known.end(), id) != known.end())
        continue;
      throw Error({Code::pack_unknown_fact, Level::error, unknown("duty", id, known), "/echeances_faites/" + id});
    }
  }

  const Pack &pack_;
  Decisions decisions_;
  feel::Context facts_;
  std::map<std::string, feel::Date, std::less<>> done_;
  Echeancier result_;
};

} // namespace

Echeancier echeancier(const Pack &pack, const feel::Value &faits, feel::Date date, const Options &options) {
  return Schedule(pack, faits, date, options).take();
}

feel::Value to_value(const Echeancier &echeancier) { return record::to_context(echeancier); }

} // namespace spie::convention
