#include "insertion/parcours/immersion_loi.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

[[noreturn]] void refuse(std::string message, std::string where) {
  throw Error({Code::pack_role, Level::error, std::move(message), std::move(where), {}});
}

// The members of a list of objects of donnees/immersion.json.
class Donnees {
public:
  explicit Donnees(const feel::Value &root) : root_(root) {}

  template <class Visit> void each(std::string_view key, Visit &&visit) const {
    const feel::Value *list = root_.is(feel::Kind::context) ? root_.context().find(key) : nullptr;
    if (list == nullptr || !list->is(feel::Kind::list))
      refuse("the list '" + std::string(key) + "' is missing", "donnees/immersion.json");
    for (std::size_t i = 0; i < list->list().size(); ++i) {
      const feel::Value &item = list->list()[i];
      if (!item.is(feel::Kind::context))
        refuse("an object is expected", "donnees/immersion.json#/" + std::string(key) + "/" + std::to_string(i));
      visit(item.context());
    }
  }

private:
  const feel::Value &root_;
};

std::string needed_text(const feel::Context &from, std::string_view key) {
  std::string text = text_of(from, key);
  if (text.empty())
    refuse("the text '" + std::string(key) + "' is missing", "donnees/immersion.json");
  return text;
}

bool says(const feel::Context &from, std::string_view key) {
  const feel::Value *found = from.find(key);
  return found != nullptr && found->is(feel::Kind::boolean) && found->boolean();
}

std::vector<std::string> texts(const feel::Context &from, std::string_view key) {
  std::vector<std::string> list;
  if (const feel::Value *found = from.find(key); found != nullptr && found->is(feel::Kind::list))
    for (const feel::Value &one : found->list())
      if (one.is(feel::Kind::text))
        list.push_back(one.text());
  return list;
}

feel::Date day_of(const feel::Context &from, std::string_view key) {
  const feel::Value *found = from.find(key);
  if (found != nullptr && found->is(feel::Kind::date))
    return found->date();
  const auto read = found != nullptr && found->is(feel::Kind::text) ? feel::Date::parse(found->text()) : std::nullopt;
  if (!read)
    refuse("the date '" + std::string(key) + "' is missing", "donnees/immersion.json");
  return *read;
}

} // namespace

LoiImmersion::LoiImmersion(const Pack &pack) {
  const feel::Value *data = pack.data("immersion");
  if (data == nullptr || !data->is(feel::Kind::context))
    refuse("the pack '" + pack.id() + "' says nothing of immersions", "donnees/immersion.json");
  const Donnees lists(*data);
  lists.each("objets",
             [&](const feel::Context &one) { objets.emplace(needed_text(one, "code"), needed_text(one, "libelle")); });
  lists.each("prescripteurs", [&](const feel::Context &one) {
    prescripteurs.push_back(
        {needed_text(one, "code"), needed_text(one, "libelle"), says(one, "delegue"), says(one, "sur_delegation")});
  });
  lists.each("usages_interdits", [&](const feel::Context &one) {
    usages.push_back({needed_text(one, "code"), needed_text(one, "libelle"), texts(one, "aussi")});
  });
  lists.each("motifs", [&](const feel::Context &one) {
    motifs.emplace(needed_text(one, "regle"), MotifDeLoi{needed_text(one, "article"), needed_text(one, "texte")});
  });
  lists.each("mentions", [&](const feel::Context &one) {
    mentions.push_back({texts(one, "champs"), needed_text(one, "texte")});
  });
  const feel::Context &root = data->context();
  prescripteurs_depuis = day_of(root, "prescripteurs_depuis");
  mentions_depuis = day_of(root, "mentions_depuis");
  texte_anterieur = needed_text(root, "texte_anterieur");
}

const Prescripteur *LoiImmersion::prescripteur(std::string_view code) const {
  const auto found = std::ranges::find(prescripteurs, code, &Prescripteur::code);
  return found == prescripteurs.end() ? nullptr : &*found;
}

const Usage *LoiImmersion::usage(std::string_view code) const {
  const auto found = std::ranges::find_if(usages, [&](const Usage &one) {
    return one.code == code || std::ranges::find(one.aussi, code) != one.aussi.end();
  });
  return found == usages.end() ? nullptr : &*found;
}

BornesImmersion bornes_immersion(const Pack &pack, feel::Date at) {
  const std::string decision = pack.role("bornes_immersion");
  if (decision.empty())
    refuse("the pack '" + pack.id() + "' gives no decision for the role 'bornes_immersion'", "pack.json#/roles");
  PackEvaluateOptions options;
  options.trace = false;
  const PackResult result = pack.evaluate(decision, feel::Context{}, std::max(at, pack.period_start()), options);
  const auto whole = [&](std::string_view key) -> std::int64_t {
    const feel::Value *found = result.value.is(feel::Kind::context) ? result.value.context().find(key) : nullptr;
    if (found != nullptr && found->is(feel::Kind::months_duration))
      return found->months_duration().months;
    const auto number = found != nullptr && found->is(feel::Kind::number) ? found->number().to_int64() : std::nullopt;
    if (!number)
      refuse("the role 'bornes_immersion' gives no '" + std::string(key) + "'", "pack.json#/roles");
    return *number;
  };
  return {whole("duree"), whole("renouvellements"), whole("fenetre"), whole("conventions"), whole("jours")};
}

} // namespace spie::parcours
