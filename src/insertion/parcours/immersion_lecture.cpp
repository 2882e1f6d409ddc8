// Reads what is asked about an immersion, and refuses what contradicts itself, each fault with its place.
#include "insertion/parcours/immersion_loi.hpp"
#include "insertion/parcours/periodes.hpp"
#include "spie/parcours/immersion.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <map>

namespace spie::parcours {

namespace {

constexpr std::size_t precedents_maximum = 500;

class Lecture {
public:
  explicit Lecture(const LoiImmersion &law) : law_(law) {
    for (const char *key : {"id", "structure", "objet", "objectifs", "debut", "fin", "renouvelle", "prescripteur",
                            "usages", "delegation", "objectifs_atteints"})
      names_.emplace_back(key);
    for (const Mention &mention : law.mentions)
      for (const std::string &field : mention.champs)
        if (std::ranges::find(names_, field) == names_.end()) {
          names_.push_back(field);
          mentions_.push_back(field);
        }
  }

  DemandeImmersion read(const feel::Value &given) {
    DemandeImmersion asked;
    const std::vector<std::string> members{"convention", "precedentes"};
    if (!given.is(feel::Kind::context)) {
      fault("", "an object is expected: {\"convention\": {…}, \"precedentes\": […]}");
    } else {
      for (const auto &[name, value] : given.context())
        if (std::ranges::find(members, name) == members.end())
          unknown("/" + name, name, members);
      asked.convention = convention(given.context().find("convention"), "/convention");
      precedents(given.context().find("precedentes"), asked.precedentes);
    }
    if (faults_.empty())
      contradictions(asked);
    if (!faults_.empty())
      throw Error(faults_);
    return asked;
  }

private:
  // `details` and `meant` are for a sentence in another language.
  void fault(const std::string &where, std::string message, std::string remedy = {}, std::string details = {},
             std::string meant = {}) {
    constexpr std::size_t most = 20;
    if (faults_.size() < most)
      faults_.push_back({Code::path_request, Level::error, std::move(message), where, std::move(remedy),
                         std::move(details), std::move(meant)});
  }
  void unknown(const std::string &where, const std::string &name, const std::vector<std::string> &names) {
    fault(where, "'" + name + "' is not a name that is read here" + suggestion(name, names), {}, name,
          nearest_or_all(name, names));
  }

  void precedents(const feel::Value *list, std::vector<ConventionImmersion> &into) {
    if (list == nullptr || list->is_null())
      return fault("/precedentes", "the list of the precedents is missing", "Write [] when there is none.");
    if (!list->is(feel::Kind::list))
      return fault("/precedentes", "a list of conventions is expected");
    if (list->list().size() > precedents_maximum)
      return fault("/precedentes", "more than " + std::to_string(precedents_maximum) + " precedents");
    for (const feel::Value &one : list->list())
      into.push_back(convention(&one, "/precedentes/" + std::to_string(into.size())));
  }

  ConventionImmersion convention(const feel::Value *given, const std::string &where) {
    ConventionImmersion read;
    if (given == nullptr || !given->is(feel::Kind::context)) {
      fault(where, "a convention is expected, as an object");
      return read;
    }
    const feel::Context &from = given->context();
    for (const auto &[name, value] : from)
      if (std::ranges::find(names_, name) == names_.end())
        unknown(where + "/" + name, name, names_);
    read.id = text(from, "id", where).value_or("");
    if (read.id.empty())
      fault(where + "/id", "a convention needs an id");
    read.structure = text(from, "structure", where);
    read.objet = text(from, "objet", where);
    read.objectifs = texts(from, "objectifs", where);
    std::ranges::sort(read.objectifs);
    read.objectifs.erase(std::unique(read.objectifs.begin(), read.objectifs.end()), read.objectifs.end());
    read.debut = date(from, "debut", where);
    read.fin = date(from, "fin", where);
    if (read.debut && read.fin && *read.fin < *read.debut)
      fault(where + "/fin",
            "the last day, " + read.fin->to_string() + ", comes before the first, " + read.debut->to_string(), {},
            read.debut->to_string() + " … " + read.fin->to_string());
    read.renouvelle = text(from, "renouvelle", where);
    read.prescripteur = text(from, "prescripteur", where);
    read.usages = texts(from, "usages", where);
    for (const std::string &code : read.usages)
      if (law_.usage(code) == nullptr) {
        std::vector<std::string> known;
        for (const Usage &usage : law_.usages)
          known.push_back(usage.code);
        fault(where + "/usages", "'" + code + "' is no use that the law forbids" + suggestion(code, known),
              "Give one of: " + nearest_or_all("", known) + ".", code, nearest_or_all(code, known));
      }
    if (const feel::Value *by = from.find("delegation"); by != nullptr && by->is(feel::Kind::boolean))
      read.delegation = by->boolean() ? "oui" : "";
    else
      read.delegation = text(from, "delegation", where);
    if (const feel::Value *met = from.find("objectifs_atteints"); met != nullptr && !met->is_null()) {
      if (met->is(feel::Kind::boolean))
        read.objectifs_atteints = met->boolean();
      else
        fault(where + "/objectifs_atteints", "true or false is expected");
    }
    for (const std::string &field : mentions_)
      if (const feel::Value *found = from.find(field); found != nullptr && !found->is_null())
        read.mentions.push_back(field);
    return read;
  }

  // Blank is not given.
  std::optional<std::string> text(const feel::Context &from, std::string_view key, const std::string &where) {
    const feel::Value *found = from.find(key);
    if (found == nullptr || found->is_null())
      return std::nullopt;
    if (!found->is(feel::Kind::text)) {
      fault(where + "/" + std::string(key), "a text is expected");
      return std::nullopt;
    }
    const std::string &said = found->text();
    const auto first = said.find_first_not_of(" \t\n\r");
    if (first == std::string::npos)
      return std::nullopt;
    return said.substr(first, said.find_last_not_of(" \t\n\r") - first + 1);
  }
  std::vector<std::string> texts(const feel::Context &from, std::string_view key, const std::string &where) {
    std::vector<std::string> list;
    const feel::Value *found = from.find(key);
    if (found == nullptr || found->is_null())
      return list;
    if (!found->is(feel::Kind::list)) {
      fault(where + "/" + std::string(key), "a list of texts is expected");
      return list;
    }
    for (std::size_t i = 0; i < found->list().size(); ++i) {
      const feel::Value &one = found->list()[i];
      if (one.is(feel::Kind::text))
        list.push_back(one.text());
      else
        fault(where + "/" + std::string(key) + "/" + std::to_string(i), "a text is expected");
    }
    return list;
  }
  std::optional<feel::Date> date(const feel::Context &from, std::string_view key, const std::string &where) {
    const feel::Value *found = from.find(key);
    if (found == nullptr || found->is_null())
      return std::nullopt;
    if (found->is(feel::Kind::date))
      return found->date();
    if (found->is(feel::Kind::date_time) && found->date_time().is_bare_date()) // how many programs hold a day
      return found->date_time().date;
    const auto read = found->is(feel::Kind::text) ? feel::Date::parse(found->text()) : std::nullopt;
    if (!read || read->civil().year < 1900 || read->civil().year > 9999) {
      fault(where + "/" + std::string(key), "a date is expected", "Write it as 2022-03-01.",
            found->is(feel::Kind::text) ? shortened(found->text(), 30) : std::string());
      return std::nullopt;
    }
    return read;
  }

  void contradictions(const DemandeImmersion &asked) {
    std::map<std::string, std::string> ids{{asked.convention.id, "/convention"}};
    struct Place {
      Periode days;
      std::string where;
    };
    std::map<std::string, std::vector<Place>> hosts;
    const auto keep = [&](const ConventionImmersion &one, const std::string &where) {
      if (one.structure && one.debut && one.fin)
        hosts[*one.structure].push_back({{*one.debut, *one.fin}, where});
    };
    keep(asked.convention, "/convention");
    for (std::size_t i = 0; i < asked.precedentes.size(); ++i) {
      const std::string where = "/precedentes/" + std::to_string(i);
      const auto [held, fresh] = ids.emplace(asked.precedentes[i].id, where);
      if (!fresh)
        fault(where + "/id", "the id '" + asked.precedentes[i].id + "' is that of " + held->second + " too", {},
              asked.precedentes[i].id);
      keep(asked.precedentes[i], where);
    }
    for (auto &[host, places] : hosts) {
      std::ranges::stable_sort(places, {}, [](const Place &one) { return one.days.debut; });
      std::size_t longest = 0; // the one that ends last so far
      for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].days.croise(places[longest].days))
          fault(places[i].where, "its days overlap those of " + places[longest].where + ", in the same host", {},
                places[i].days.debut.to_string() + " … " + places[i].days.fin.to_string() + ", " +
                    places[longest].days.debut.to_string() + " … " + places[longest].days.fin.to_string());
        if (places[i].days.fin > places[longest].days.fin)
          longest = i;
      }
    }
  }

  const LoiImmersion &law_;
  std::vector<std::string> names_, mentions_;
  std::vector<Diagnostic> faults_;
};

} // namespace

DemandeImmersion read_demande_immersion(const Pack &pack, const feel::Value &given) {
  const LoiImmersion law(pack);
  return Lecture(law).read(given);
}

} // namespace spie::parcours
