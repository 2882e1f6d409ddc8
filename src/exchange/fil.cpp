// What one source says of one subject, file after file.
#include "exchange/session.hpp"
#include "insertion/dossier/sans_nir.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace spie::exchange {

using dossier::Effet;
using dossier::Evenement;
using dossier::Sujet;

namespace {

// UTF-8 that was read as windows-1252: "Ã©" for "é", "Å“" for "œ", "â€™" for an apostrophe. No word has such pairs.
const std::string *misread(const feel::Value &value) {
  if (value.is(feel::Kind::list)) {
    for (const feel::Value &item : value.list())
      if (const std::string *text = misread(item))
        return text;
    return nullptr;
  }
  if (!value.is(feel::Kind::text))
    return nullptr;
  const std::string &text = value.text();
  for (const std::string_view first : {"Â", "Ã", "Å"})
    for (std::size_t at = text.find(first); at != std::string::npos; at = text.find(first, at + 1))
      if (at + 2 < text.size() && static_cast<unsigned char>(text[at + 2]) >= 0x80U) // no letter without an accent
        return &text;
  return text.find("â\u20AC") == std::string::npos && text.find("â\u201A") == std::string::npos ? nullptr : &text;
}

} // namespace

Fil::Fil(Session &session, Sujet subject, std::string cle)
    : session_(session), subject_(std::move(subject)), cle_(session.without_nir(std::move(cle))) {
  const bool first = session.see(subject_);
  if (first && session.is_new(subject_))
    return;                                     // nothing was said of it yet
  std::map<std::string, feel::Date> references; // of each import that saw the subject
  std::vector<std::string> imports;             // of what was said, one by one
  for (const Evenement &event : session.journal_.about(subject_)) {
    if (event.sujets.front() != subject_ || event.source.nom != session.source_)
      continue;
    // Another import that never closed does not count; this one does, from its first batch on.
    if (event.source.import_id != session.report_.import_id && !session.journal_.closed(event.source.import_id))
      continue;
    const bool here = session.here(event.source.import_id);
    if (event.type == "observation") {
      references[event.source.import_id] = event.effet.debut;
      if (event.source.cle != cle_ || !event.contenu.find("presente")->is_true())
        continue;
      seen_.push_back({event.effet.debut, text_of(event.contenu, "empreinte"), here});
      settled_ = settled_ || (here && event.source.import_id != session.report_.import_id);
      continue;
    }
    const dossier::TypeContenu *type = dossier::find_type(event.type);
    if (type == nullptr || type->cardinalite == dossier::Cardinalite::mecanique)
      continue;
    said_.push_back({event.type, dossier::key_of(*type, event.contenu), event.contenu, event.effet, event.effet.debut,
                     here, event.source.sans_date});
    imports.push_back(event.source.import_id);
  }
  for (std::size_t i = 0; i < said_.size(); ++i)
    if (const auto found = references.find(imports[i]); found != references.end())
      said_[i].reference = found->second;
}

// What held on that date: the latest effect, and of two with one effect the latest recorded.
const Fil::Said *Fil::last_before(std::string_view type, std::string_view key, feel::Date date) const {
  const Said *found = nullptr;
  for (const Said &said : said_)
    if (said.type == type && said.key == key && said.effect.debut <= date &&
        (found == nullptr || said.effect.debut >= found->effect.debut))
      found = &said;
  return found;
}

bool Fil::spoke_of(std::string_view type, std::string_view key) const {
  return std::any_of(said_.begin(), said_.end(),
                     [&](const Said &said) { return said.type == type && said.key == key; });
}

// The next date, after this file's, on which this source saw the subject without saying anything new of this fact:
// there it said what it had said before. An older file, read late, must not run over that.
std::optional<feel::Date> Fil::seen_again(const Said &said) const {
  const feel::Date after = std::max(said.reference, said.effect.debut);
  std::optional<feel::Date> next;
  for (const Seen &seen : seen_)
    if (seen.date > after && (!next || seen.date < *next))
      next = seen.date;
  for (const Said &other : said_)
    if (next && other.type == said.type && other.key == said.key && other.effect.debut > after &&
        other.effect.debut <= *next)
      return std::nullopt;
  return next;
}

// The days after its first one, up to this file's, from which this source had said otherwise: another file, since what
// one file says of two days stands side by side.
std::vector<feel::Date> Fil::contradicted(const Said &said) const {
  std::vector<feel::Date> days;
  for (const Said &other : said_)
    if (!other.here && other.type == said.type && other.key == said.key && other.effect.debut > said.effect.debut &&
        other.effect.debut <= said.reference && other.reference <= said.reference &&
        (!said.effect.fin || other.effect.debut < *said.effect.fin))
      days.push_back(other.effect.debut);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::erase_if(days, [&](feel::Date day) {
    return feel::identical(last_before(said.type, said.key, day)->content, said.content);
  });
  return days;
}

bool Fil::had_its_say(std::string_view type, std::string_view key, feel::Date day) const {
  return last_before(type, key, day) != nullptr &&
         std::any_of(seen_.begin(), seen_.end(), [&](const Seen &seen) { return !seen.here && seen.date >= day; });
}

void Fil::list_ends(std::string_view type, const std::set<std::string> &keys, const std::string &place) {
  if (settled_)
    return;
  const feel::Date today = session_.reference_;
  std::set<std::string> gone;
  for (const Said &said : said_)
    if (said.type == type && !keys.contains(said.key))
      gone.insert(said.key);
  for (const std::string &key : gone) {
    const Said *standing = last_before(type, key, today);
    if (standing == nullptr || standing->effect.debut == today ||
        (standing->effect.fin && *standing->effect.fin <= today))
      continue;
    // A later file said that it held, unless that one only told since when it had seen it no more.
    const bool missed = standing->effect.fin && *standing->effect.fin == standing->reference;
    const bool later = std::any_of(said_.begin(), said_.end(), [&](const Said &said) {
      return said.type == type && said.key == key && said.reference > today && said.effect.debut <= today &&
             said.effect.fin != said.reference;
    });
    if (later || (standing->reference > today && !missed))
      continue;
    Said back = *standing, ended = *standing;
    ended.effect.fin = today;
    ended.reference = today;
    ended.here = true;
    const auto again = seen_again(ended);
    write(std::move(ended), place, {});
    if (missed || !again)
      continue;
    back.effect = {again.value(), back.effect.fin, dossier::Precision::jour};
    back.sans_date = true;
    if (!back.effect.fin || *back.effect.fin > back.effect.debut)
      write(std::move(back), place, {});
  }
}

feel::Date Fil::reference() const noexcept { return session_.reference_; }

void Fil::write(Said said, const std::string &place, const std::vector<Sujet> &others) {
  Evenement event = session_.event(subject_, said.type, said.content, said.effect, place, cle_);
  event.sujets.insert(event.sujets.end(), others.begin(), others.end());
  event.source.sans_date = said.sans_date;
  session_.queue(std::move(event));
  said_.push_back(std::move(said));
}

void Fil::state(std::string_view type, feel::Context content, const Effet &effect, const std::string &place,
                const std::vector<Sujet> &others) {
  if (look_at(type, content, place))
    put(type, std::move(content), effect, place, others, true, true);
}

bool Fil::look_at(std::string_view type, feel::Context &content, const std::string &place) {
  for (const auto &[field, value] : content)
    if (const std::string *text = misread(value))
      session_.warn(Code::import_encoding, place, std::string(type) + "." + field, *text,
                    "des caractères écrits dans un autre encodage que celui du fichier : ils sont gardés comme ils se "
                    "lisent",
                    "faire vérifier l'encodage à la source, et renvoyer le fichier");
  bool gone = false;
  dossier::hide_nir(content, session_.journal_, [&](std::string_view field, const feel::Value &value) {
    const bool number = value.is(feel::Kind::number);
    gone = gone || number;
    session_.warn(Code::import_value, place, std::string(type) + "." + std::string(field), value.to_string(),
                  number ? "un NIR dans un champ qui n'en tient pas : il n'est pas gardé"
                         : "un NIR dans un champ qui n'en tient pas : son empreinte le remplace",
                  "l'ôter à la source");
  });
  const dossier::TypeContenu &known = *dossier::find_type(type);
  return !gone || std::all_of(known.champs.begin(), known.champs.end(), [&](const dossier::Champ &field) {
    return !field.obligatoire || content.find(field.nom) != nullptr;
  });
}

void Fil::put(std::string_view type_name, feel::Context content, const Effet &effect, const std::string &place,
              const std::vector<Sujet> &others, bool dated, bool own_date) {
  const dossier::TypeContenu &type = *dossier::find_type(type_name);
  Said said{std::string(type_name),
            dossier::key_of(type, content),
            std::move(content),
            effect,
            session_.reference_,
            true,
            !own_date};
  if (settled_ && spoke_of(said.type, said.key))
    return;
  // Steps of one thing share its key, and several may fall on one day.
  if (type.cardinalite == dossier::Cardinalite::etapes &&
      std::any_of(said_.begin(), said_.end(), [&](const Said &other) {
        return other.type == said.type && other.key == said.key && other.effect == said.effect &&
               feel::identical(other.content, said.content);
      }))
    return;
  const Said *before = last_before(said.type, said.key, effect.debut);
  if (dated && before != nullptr && before->reference > said.reference)
    return;
  // In a list, the same with another beginning is another one: it may have ended in between.
  const bool begins_anew = dated && type.cardinalite == dossier::Cardinalite::par_cle && before != nullptr &&
                           before->effect.debut != effect.debut;
  const bool same = before != nullptr && !begins_anew && feel::identical(before->content, said.content) &&
                    before->effect.fin == effect.fin;
  const auto over = type.cardinalite == dossier::Cardinalite::unique ? contradicted(said) : std::vector<feel::Date>();
  if (same && over.empty())
    return;
  const auto again = type.cardinalite == dossier::Cardinalite::etapes ? std::nullopt : seen_again(said);
  std::optional<Said> standing; // on that date
  if (again)
    if (const Said *found = last_before(said.type, said.key, *again);
        found != nullptr && (!found->effect.fin || *found->effect.fin > *again))
      standing = *found;
  const bool runs_over = again && (!said.effect.fin || *said.effect.fin > *again);
  if (runs_over && !standing)
    said.effect.fin = again; // it was not said any more
  if (!same)
    write(said, place, others);
  for (const feel::Date day : over) {
    said.effect = {day, said.effect.fin, dossier::Precision::jour};
    said.sans_date = true;
    write(said, place, others);
  }
  if (runs_over && standing) {
    standing->effect = {*again, standing->effect.fin, dossier::Precision::jour};
    standing->sans_date = true;
    write(std::move(*standing), place, others);
  }
}

void Fil::state_now(std::string_view type_name, feel::Context content, std::optional<feel::Date> since,
                    std::optional<feel::Date> end, const std::string &place, const std::vector<Sujet> &others) {
  if (!look_at(type_name, content, place))
    return;
  const feel::Date today = session_.reference_;
  feel::Date start = since ? std::min(*since, today) : today;
  bool own_date = false;
  const std::string key = dossier::key_of(*dossier::find_type(type_name), content);
  if (const Said *now = last_before(type_name, key, today)) {
    if (feel::identical(now->content, content)) {
      start = now->effect.debut;
      own_date = !now->sans_date;
    } else if (now->effect.debut >= start) {
      start = today;
    }
  }
  put(type_name, std::move(content), {start, end, {}}, place, others, false, own_date || start == since);
}

void Fil::observe(std::string_view empreinte) {
  const feel::Date date = session_.reference_;
  for (const Seen &seen : seen_)
    if (seen.here && seen.digest == empreinte)
      return; // the same file again, or another line of it
  session_.queue(session_.event(subject_, "observation", {{"cle", cle_}, {"empreinte", empreinte}, {"presente", true}},
                                {date, {}, {}}, {}, cle_));
  seen_.push_back({date, std::string(empreinte), true});
}

} // namespace spie::exchange
