// The names are those of the specification: https://www.w3.org/TR/rdf-canon/ §4.
#include "credentials/rdf/canonical.hpp"

#include "crypto/digest.hpp"
#include "spie/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace spie::credentials::rdf {

namespace {

using Node = std::uint32_t;
constexpr Node none = ~Node{0};

std::string hashed(Hash hash, std::string_view bytes) {
  return hash == Hash::sha256 ? crypto::hex(crypto::sha256(bytes)) : crypto::hex(crypto::sha384(bytes));
}

// Gives blank nodes temporary labels in the order they come. Few, and copied at each turn of the search.
class Issuer {
public:
  bool has(Node node) const noexcept { return std::find(order_.begin(), order_.end(), node) != order_.end(); }
  std::string label(Node node) const {
    return "b" + std::to_string(std::find(order_.begin(), order_.end(), node) - order_.begin());
  }
  std::string issue(Node node) {
    if (!has(node))
      order_.push_back(node);
    return label(node);
  }
  const std::vector<Node> &order() const noexcept { return order_; }

private:
  std::vector<Node> order_;
};

// The labels that stay.
class Labels {
public:
  void of(std::size_t nodes) { issued_.resize(nodes, none); }
  bool has(Node node) const noexcept { return issued_[node] != none; }
  std::string label(Node node) const { return "c14n" + std::to_string(issued_[node]); }
  void issue(Node node) {
    if (!has(node))
      issued_[node] = next_++;
  }

private:
  std::vector<Node> issued_;
  Node next_ = 0;
};

// A quad whose terms are written once, its blank nodes numbered.
struct Line {
  std::array<Node, 4> nodes{none, none, none, none}; // subject, (predicate), object, graph
  std::array<std::string, 4> texts;                  // of the terms that are no blank node; of no graph, empty
};
constexpr std::array<char, 4> positions{'s', 'p', 'o', 'g'};

class Canonicalizer {
public:
  Canonicalizer(const Dataset &dataset, Hash hash, Work &work, const Limits &limits)
      : hash_(hash), limits_(limits), work_(work) {
    if (dataset.size() > limits.quads)
      refuse("the graph has more statements than " + std::to_string(limits.quads));
    if (dataset.size() > work.quads)
      refuse("the badge and what it holds make more statements than a badge may");
    work.quads -= dataset.size();
    lines_.reserve(dataset.size());
    for (const Quad &quad : dataset)
      add(quad);
    const auto order = [](const Line &a, const Line &b) {
      return std::tie(a.nodes, a.texts) < std::tie(b.nodes, b.texts);
    };
    if (!names_.empty()) { // a set, for what counts the mentions of a node
      std::sort(lines_.begin(), lines_.end(), order);
      lines_.erase(std::unique(lines_.begin(), lines_.end(),
                               [](const Line &a, const Line &b) { return a.nodes == b.nodes && a.texts == b.texts; }),
                   lines_.end());
    }
    mentions_.resize(names_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i)
      for (const Node node : lines_[i].nodes)
        if (node != none && (mentions_[node].empty() || mentions_[node].back() != i))
          mentions_[node].push_back(i);
  }

  Canonical run() {
    label();
    Canonical result;
    std::vector<std::string> written;
    written.reserve(lines_.size());
    std::vector<std::string> labels(names_.size());
    for (Node node = 0; node < names_.size(); ++node) {
      labels[node] = "_:" + canonical_.label(node);
      result.labels[names_[node]] = canonical_.label(node);
    }
    for (const Line &line : lines_)
      written.push_back(text(line, [&](Node node) -> std::string_view { return labels[node]; }));
    std::sort(written.begin(), written.end());
    written.erase(std::unique(written.begin(), written.end()), written.end());
    for (const std::string &line : written)
      result.nquads += line;
    return result;
  }

private:
  [[noreturn]] static void refuse(std::string why) {
    throw Error({Code::badge_limit, Level::error, std::move(why), {}});
  }

  void add(const Quad &quad) {
    Line &line = lines_.emplace_back();
    const std::array<const Term *, 4> terms{&quad.subject, &quad.predicate, &quad.object,
                                            quad.graph ? &*quad.graph : nullptr};
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (terms[i] == nullptr)
        continue;
      if (terms[i]->is_blank()) {
        const auto [known, fresh] = numbers_.try_emplace(terms[i]->value, static_cast<Node>(names_.size()));
        if (fresh)
          names_.push_back(terms[i]->value);
        line.nodes[i] = known->second;
      } else {
        append_term(line.texts[i], *terms[i]);
      }
    }
  }

  template <class Label> static std::string text(const Line &line, Label &&label) {
    std::string out;
    for (std::size_t i = 0; i < 4; ++i) {
      if (line.nodes[i] != none)
        out += label(line.nodes[i]);
      else if (line.texts[i].empty())
        continue;
      else
        out += line.texts[i];
      out += ' ';
    }
    return out += ".\n";
  }

  // § 4.6
  std::string first_degree(Node node) const {
    std::vector<std::string> quads;
    for (const std::size_t i : mentions_[node])
      quads.push_back(text(lines_[i], [&](Node other) -> std::string_view { return other == node ? "_:a" : "_:z"; }));
    std::sort(quads.begin(), quads.end());
    std::string all;
    for (const std::string &quad : quads)
      all += quad;
    return hashed(hash_, all);
  }

  // § 4.4.3
  void label() {
    std::map<std::string, std::vector<Node>> alike;
    first_.resize(names_.size());
    canonical_.of(names_.size());
    for (Node node = 0; node < names_.size(); ++node)
      alike[first_[node] = first_degree(node)].push_back(node);
    for (const auto &[hash, nodes] : alike)
      if (nodes.size() == 1)
        canonical_.issue(nodes.front());
    for (const auto &[hash, nodes] : alike) {
      if (nodes.size() == 1)
        continue;
      std::vector<Result> results;
      for (const Node node : nodes) {
        if (canonical_.has(node))
          continue;
        Issuer issuer;
        issuer.issue(node);
        results.push_back(n_degree(node, issuer, 0));
      }
      std::stable_sort(results.begin(), results.end(),
                       [](const Result &a, const Result &b) { return a.hash < b.hash; });
      for (const Result &result : results)
        for (const Node node : result.issuer.order())
          canonical_.issue(node);
    }
  }

  // § 4.7
  std::string related_hash(Node related, const Line &line, const Issuer &issuer, char position) {
    step();
    std::string input(1, position);
    if (position != 'g')
      input += line.texts[1]; // the predicate, already between < and >
    if (canonical_.has(related))
      input += "_:" + canonical_.label(related);
    else if (issuer.has(related))
      input += "_:" + issuer.label(related);
    else
      input += first_[related];
    return hashed(hash_, input);
  }

  struct Result {
    std::string hash;
    Issuer issuer;
  };

  // § 4.8
  Result n_degree(Node node, Issuer issuer, std::size_t depth) {
    if (depth > limits_.depth)
      refuse("the graph chains more blank nodes that look alike than " + std::to_string(limits_.depth));
    step(1 + issuer.order().size()); // its copy
    std::map<std::string, std::vector<Node>> related;
    for (const std::size_t i : mentions_[node])
      for (std::size_t part = 0; part < 4; ++part)
        if (const Node other = lines_[i].nodes[part]; other != none && other != node)
          related[related_hash(other, lines_[i], issuer, positions[part])].push_back(other);
    std::string data;
    for (auto &[hash, nodes] : related) {
      data += hash;
      std::string chosen_path;
      Issuer chosen = issuer;
      std::sort(nodes.begin(), nodes.end());
      do {
        step(1 + issuer.order().size());
        std::string path;
        Issuer copy = issuer;
        if (walk(nodes, copy, path, chosen_path, depth) && (chosen_path.empty() || path < chosen_path)) {
          chosen_path = std::move(path);
          chosen = std::move(copy);
        }
      } while (std::next_permutation(nodes.begin(), nodes.end()));
      data += chosen_path;
      issuer = std::move(chosen);
    }
    return {hashed(hash_, data), std::move(issuer)};
  }

  // One order of the nodes that look alike; false as soon as it can no longer be the least.
  bool walk(const std::vector<Node> &nodes, Issuer &issuer, std::string &path, const std::string &least,
            std::size_t depth) {
    const auto beaten = [&] { return !least.empty() && path.size() >= least.size() && path > least; };
    std::vector<Node> further;
    for (const Node node : nodes) {
      step();
      if (canonical_.has(node)) {
        path += "_:" + canonical_.label(node);
      } else {
        if (!issuer.has(node))
          further.push_back(node);
        path += "_:" + issuer.issue(node);
      }
      if (beaten())
        return false;
    }
    for (const Node node : further) {
      Result result = n_degree(node, issuer, depth + 1);
      path += "_:" + issuer.issue(node) + '<' + result.hash + '>';
      issuer = std::move(result.issuer);
      if (beaten())
        return false;
    }
    return true;
  }

  void step(std::size_t count = 1) {
    if (count > work_.steps) {
      work_.steps = 0;
      refuse("the graph takes more work than a badge may: its blank nodes look alike");
    }
    work_.steps -= count;
  }

  Hash hash_;
  Limits limits_;
  std::vector<Line> lines_;
  std::unordered_map<std::string, Node> numbers_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> mentions_;
  std::vector<std::string> first_;
  Labels canonical_;
  Work &work_;
};

} // namespace

Canonical canonical(const Dataset &dataset, Hash hash, Work &work, const Limits &limits) {
  return Canonicalizer(dataset, hash, work, limits).run();
}

Canonical canonical(const Dataset &dataset, Hash hash) {
  Work work;
  return canonical(dataset, hash, work);
}

} // namespace spie::credentials::rdf
