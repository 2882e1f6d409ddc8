// Where the credentials of a passport are made and signed: fresh identifiers, the holder named as she chose,
// and nothing in their texts of what never leaves.
#pragma once

#include "insertion/passeport/tri.hpp"
#include "spie/passeport/remise.hpp"

namespace spie::passeport {

// An object of JSON, without what is empty: no null and no empty list stands in a credential.
class Objet {
public:
  Objet &set(std::string key, std::string_view text) {
    if (!text.empty())
      members_.set(std::move(key), feel::Value(text));
    return *this;
  }
  Objet &set(std::string key, const std::string &text) { return set(std::move(key), std::string_view(text)); }
  Objet &set(std::string key, const char *text) { return set(std::move(key), std::string_view(text)); }
  Objet &set(std::string key, feel::Value value) {
    if (!value.is_null() && !(value.is(feel::Kind::list) && value.list().empty()))
      members_.set(std::move(key), std::move(value));
    return *this;
  }
  Objet &typed(std::string_view type) { return set("type", feel::Value(feel::List{feel::Value(type)})); }
  feel::Value done() && { return feel::Value(std::move(members_)); }

private:
  feel::Context members_;
};

struct Emis {
  BadgeSigne badge;
  std::vector<StatutBadge> statuts;
  std::string emetteur;
};

class Atelier {
public:
  // Throws Error Q001 for a holder that is named twice, or by what may not name her.
  Atelier(const json::Reader &rules, const Delivrance &by, const Titulaire &holder);

  std::string draw_uuid() const; // "urn:uuid:…"
  const std::string &titulaire() const noexcept { return titulaire_; }
  const json::Reader &mots() const noexcept { return badges_; }

  // "id", or "identifier", of a subject.
  void name_holder(Objet &subject) const;
  // With its own `id`, its issuer and its first instant. `last`: "" for none. Throws Error A001 when what comes
  // back is another document, or, `inside` another one, a JWS; Q001 when a text of it may not leave.
  Emis sign(Objet credential, std::string_view last, bool inside, std::vector<credentials::Controle> &warnings) const;

  // Towards a code of a repertoire; nothing for one that the pack does not know. `label`: its words, or none.
  feel::Value alignment(const Reference &to, std::string_view label) const;
  // The words of the pack for a code of one of its lists ("genres", "niveaux", "assurances"); the code when it has
  // none.
  std::string word(std::string_view list, std::string_view key, std::string_view code, std::string_view member) const;

private:
  void keep_safe(const feel::Value &value, std::string_view key) const;

  json::Reader badges_;
  std::vector<std::string> held_back_;
  const Delivrance &by_;
  std::string titulaire_, adresse_, salt_;
};

// The entries under `credentialStatus` of a badge, as the journal holds them. Throws Error B001, B003.
std::vector<StatutBadge> entrees_de(const std::string &badge, const feel::Value &status);
feel::List contexts(bool clr);
std::string noon_of(feel::Date day); // the day as an instant that is of that day wherever one reads it

} // namespace spie::passeport
