#include "solvers/generator.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "solvers/stencil.hpp"

namespace fpk::solvers {
namespace {

using Terms = std::vector<StencilTerm>;

/// x[c] += v where c is an own cell; what is added to the halo is added by its own process.
void add_to_own(std::span<double> x, std::ptrdiff_t c, double v) {
  if (c >= 0 && c < static_cast<std::ptrdiff_t>(x.size())) x[static_cast<std::size_t>(c)] += v;
}

/// out += A_link in, for the faces outside the families.
void apply_links(const std::vector<Link>& links, const double* in, std::span<double> out, bool transposed) {
  for (const auto& l : links) {
    add_to_own(out, l.to, (transposed ? l.backward : l.forward) * in[l.from]);
    add_to_own(out, l.from, (transposed ? l.forward : l.backward) * in[l.to]);
  }
}

}  // namespace

Rates::Rates(law::GridPart on, const model::Domain& domain)
    : part(std::move(on)), periodic(domain.sides.back().is_periodic()) {
  for (std::size_t a = 0; a < domain.dimension(); ++a) {
    if (domain.sides[a].lower_boundary == model::Boundary::absorbing) exits.push_back({a, false});
    if (domain.sides[a].upper_boundary == model::Boundary::absorbing) exits.push_back({a, true});
  }
}

void Rates::absorb(std::size_t cell, std::size_t axis, bool upper, double rate) {
  const auto exit = std::find_if(exits.begin(), exits.end(),
                                 [&](const Exit& e) { return e.axis == axis && e.upper == upper; });
  if (exit == exits.end())
    throw std::invalid_argument("mass cannot leave through a face that does not absorb");
  exit->cells.push_back(cell);
  exit->rates.push_back(rate);
}

std::vector<double> Rates::absorption() const {
  std::vector<double> sum(part.size(), 0.0);
  for (const auto& exit : exits)
    for (std::size_t k = 0; k < exit.cells.size(); ++k) sum[exit.cells[k]] += exit.rates[k];
  return sum;
}

Generator::Generator(Rates rates) : rates_(std::move(rates)), outflow_(rates_.absorption()) {
  double absorbed = 0;
  for (const double r : outflow_) absorbed = std::max(absorbed, r);
  closed_ = part().processes().max(absorbed) == 0;
  for (auto& f : rates_.families) {
    f.forward.exchange();
    f.backward.exchange();
    const double *forward = f.forward.data(), *backward = f.backward.data();
    for (std::size_t c = 0; c < outflow_.size(); ++c)
      outflow_[c] += forward[c] + backward[static_cast<std::ptrdiff_t>(c) - f.shift];
  }
  for (const auto& l : rates_.links) {
    add_to_own(outflow_, l.from, l.forward);
    add_to_own(outflow_, l.to, l.backward);
  }
  if (!std::all_of(outflow_.begin(), outflow_.end(),
                   [&](double r) { return std::isfinite(r) && (r >= 0 || rates_.is_signed); }))
    throw std::domain_error("a rate of the generator is negative or not finite");
  std::vector<double> most(outflow_);
  rates_.limited.exchange();
  rates_.limited.add_bound(most);
  largest_outflow_ = part().processes().max(*std::max_element(most.begin(), most.end()));
}

void Generator::apply(Field& masses, std::span<double> out) const {
  masses.exchange();
  Terms terms;
  for (const auto& f : rates_.families) {
    terms.push_back({f.forward.data() - f.shift, -f.shift});
    terms.push_back({f.backward.data(), f.shift});
  }
  apply_stencil(terms, outflow_, masses.data(), out);
  apply_links(rates_.links, masses.data(), out, false);
  rates_.limited.add(masses.data(), out);
}

const Generator& Generator::linear() const {
  if (!is_limited()) return *this;
  if (!linear_) {
    Rates form = rates_;
    form.limited = {};
    form.is_signed = true;
    rates_.limited.add_linear(form.families, form.links);
    linear_ = std::make_shared<Generator>(std::move(form));
  }
  return *linear_;
}

void Generator::apply_transpose(Field& values, std::span<double> out) const {
  if (is_limited()) return linear().apply_transpose(values, out);
  values.exchange();
  Terms terms;
  for (const auto& f : rates_.families) {
    terms.push_back({f.forward.data(), f.shift});
    terms.push_back({f.backward.data() - f.shift, -f.shift});
  }
  apply_stencil(terms, outflow_, values.data(), out);
  apply_links(rates_.links, values.data(), out, true);
}

SymmetricGenerator::SymmetricGenerator(const Generator& generator) : diagonal_(generator.outflow()) {
  if (!generator.rates().log_weights)
    throw std::invalid_argument("only a reversible generator can be made symmetric");
  std::vector<double> row_sum(diagonal_);
  for (const auto& f : generator.rates().families) {
    Family g{f.shift, generator.field(), {}, f.offset};
    for (std::size_t c = 0; c < diagonal_.size(); ++c)
      g.forward.data()[c] = std::sqrt(f.forward.data()[c] * f.backward.data()[c]);
    g.forward.exchange();
    for (std::size_t c = 0; c < diagonal_.size(); ++c)
      row_sum[c] += g.forward.data()[c] + g.forward.data()[static_cast<std::ptrdiff_t>(c) - f.shift];
    families_.push_back(std::move(g));
  }
  for (const auto& l : generator.rates().links) {
    const double g = std::sqrt(l.forward * l.backward);
    add_to_own(row_sum, l.from, g);
    add_to_own(row_sum, l.to, g);
    links_.push_back({l.from, l.to, g, g, l.offset});
  }
  bound_ = generator.part().processes().max(*std::max_element(row_sum.begin(), row_sum.end()));
}

void SymmetricGenerator::apply(Field& q, std::span<double> out) const {
  q.exchange();
  Terms terms;
  for (const auto& f : families_) {
    terms.push_back({f.forward.data() - f.shift, -f.shift});
    terms.push_back({f.forward.data(), f.shift});
  }
  apply_stencil(terms, diagonal_, q.data(), out);
  apply_links(links_, q.data(), out, false);
}

}  // namespace fpk::solvers
