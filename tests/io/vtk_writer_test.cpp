// The VTK series, read back with VTK's own reader.
#include "io/vtk_writer.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkRectilinearGrid.h>
#include <vtkXMLImageDataReader.h>
#include <vtkXMLPImageDataReader.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLRectilinearGridReader.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "io/writers.hpp"
#include "tests/io/example_records.hpp"

namespace {

using namespace fpk;
namespace fs = std::filesystem;

/// A folder of this process, and one that all processes of the run share; both removed at the end.
class VtkSeries : public testing::Test {
 protected:
  void SetUp() override {
    const auto world = parallel::Communicator::world();
    const std::int64_t pid = ::getpid(), root = world.sum(world.is_root() ? pid : std::int64_t{0});
    folder = fs::temp_directory_path() / ("fpk_vtk_" + std::to_string(pid));
    shared = fs::temp_directory_path() / ("fpk_vtk_shared_" + std::to_string(root));
  }
  void TearDown() override {
    const auto world = parallel::Communicator::world();
    world.barrier();
    std::error_code error;
    fs::remove_all(folder, error);
    if (world.is_root()) fs::remove_all(shared, error);
  }
  fs::path folder, shared;
};

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// A number that is another one in every cell and needs all digits.
double value(std::size_t flat) { return std::sin(1.0 + static_cast<double>(flat)) / 3; }

std::vector<io::CellField> fields(const law::GridPart& part) {
  io::CellField density{"density", 1, {}}, flux{"flux", 3, {}};
  for (std::size_t c = 0; c < part.size(); ++c) {
    density.values.push_back(value(part.first() + c));
    for (std::size_t a = 0; a < 3; ++a)
      flux.values.push_back(value(part.first() + c) + static_cast<double>(a));
  }
  return {density, flux};
}

std::size_t count_differing_cells(vtkDataSet& data, const law::Grid& grid) {
  auto* density = data.GetCellData()->GetArray("density");
  auto* flux = data.GetCellData()->GetArray("flux");
  if (!density || !flux || static_cast<std::size_t>(density->GetNumberOfTuples()) != grid.size())
    return grid.size();
  std::size_t differing = 0;
  for (std::size_t c = 0; c < grid.size(); ++c) {
    const auto i = static_cast<vtkIdType>(c);
    differing += density->GetComponent(i, 0) != value(c) || flux->GetComponent(i, 2) != value(c) + 2;
  }
  return differing;
}

TEST_F(VtkSeries, BringsEveryCellOfAUniformGridBackBitForBit) {
  const law::Grid grid({law::Axis("x", -2, 3, 7), law::Axis("v", 0, 1, 5)});
  io::VtkSeries series(folder, law::GridPart(grid));
  series.add_density(0, fields(law::GridPart(grid)));
  vtkNew<vtkXMLImageDataReader> reader;
  reader->SetFileName((folder / "density/density_0000.vti").c_str());
  reader->Update();
  EXPECT_EQ(count_differing_cells(*reader->GetOutput(), grid), 0U);
  // Bounds are computed as origin + n * spacing: a few round-offs of the box.
  EXPECT_NEAR(reader->GetOutput()->GetBounds()[1], 3.0, 1e-14);
  EXPECT_NEAR(reader->GetOutput()->GetBounds()[2], 0.0, 1e-14);
  EXPECT_EQ(reader->GetOutput()->GetBounds()[5], 0.0);  // one point thick
}

TEST_F(VtkSeries, WritesLinesAndBoxesWithTheSameCode) {
  for (const auto& grid :
       {law::Grid({law::Axis("x", 0, 1, 9)}),
        law::Grid({law::Axis("x", 0, 1, 2), law::Axis("y", 0, 1, 3), law::Axis("z", 0, 1, 4)})}) {
    io::VtkSeries series(folder, law::GridPart(grid));
    series.add_density(0, fields(law::GridPart(grid)));
    vtkNew<vtkXMLImageDataReader> reader;
    reader->SetFileName((folder / "density/density_0000.vti").c_str());
    reader->Update();
    EXPECT_EQ(count_differing_cells(*reader->GetOutput(), grid), 0U) << grid.dimension() << " axes";
  }
}

TEST_F(VtkSeries, KeepsTheEdgesOfAGradedAxis) {
  const law::Grid grid({law::Axis("x", {-1, -0.5, 0.25, 2}), law::Axis("y", 0, 1, 2)});
  io::VtkSeries series(folder, law::GridPart(grid));
  series.add_density(0, fields(law::GridPart(grid)));
  vtkNew<vtkXMLRectilinearGridReader> reader;
  reader->SetFileName((folder / "density/density_0000.vtr").c_str());
  reader->Update();
  EXPECT_EQ(count_differing_cells(*reader->GetOutput(), grid), 0U);
  auto* x = reader->GetOutput()->GetXCoordinates();
  ASSERT_EQ(x->GetNumberOfTuples(), 4);
  for (vtkIdType i = 0; i < 4; ++i)
    EXPECT_EQ(x->GetComponent(i, 0), grid.axis(0).edge(static_cast<std::size_t>(i)));
}

TEST_F(VtkSeries, MakesTheFirstTensorTheActiveOne) {
  const law::GridPart part(law::Grid({law::Axis("x", -2, 3, 4), law::Axis("y", 0, 1, 2)}));
  auto all = fields(part);
  for (const char* name : {"covariance", "hessian"}) {
    all.push_back({name, 9, {}});
    for (std::size_t k = 0; k < 9 * part.size(); ++k)
      all.back().values.push_back(static_cast<double>(k) + (*name == 'h' ? 0.5 : 0));
  }
  vtkNew<vtkXMLImageDataReader> reader;
  reader->SetFileName((folder / io::write_vtk_fields(folder, "noise", part, all)).c_str());
  reader->Update();
  auto* tensors = reader->GetOutput()->GetCellData()->GetTensors();
  ASSERT_NE(tensors, nullptr);
  EXPECT_STREQ(tensors->GetName(), "covariance");
  for (int c = 0; c < 8; ++c)
    for (int k = 0; k < 9; ++k) EXPECT_EQ(tensors->GetComponent(c, k), 9 * c + k);
  EXPECT_STREQ(reader->GetOutput()->GetCellData()->GetScalars()->GetName(), "density");
}

// Under mpirun every process writes its planes; on one process this is the whole grid.
TEST_F(VtkSeries, JoinsThePiecesOfAllProcesses) {
  const auto world = parallel::Communicator::world();
  const law::Grid grid({law::Axis("x", -1, 1, 6), law::Axis("y", 0, 2, 11)});
  const law::GridPart part(grid, world);
  io::VtkSeries series(shared, part);
  series.add_density(0.5, fields(part));
  series.write_view("pieces");
  world.barrier();
  if (!world.is_root()) return;
  if (world.size() == 1) {
    EXPECT_FALSE(fs::exists(shared / "density/density_0000.pvti"));
    return;
  }
  vtkNew<vtkXMLPImageDataReader> reader;
  reader->SetFileName((shared / "density/density_0000.pvti").c_str());
  reader->Update();
  EXPECT_EQ(count_differing_cells(*reader->GetOutput(), grid), 0U);
}

TEST_F(VtkSeries, NamesTheTrueTimesInTheCollection) {
  const law::Grid grid({law::Axis("x", 0, 1, 3)});
  io::VtkSeries series(folder, law::GridPart(grid));
  for (const double t : {0.0, 0.1, 12.5}) series.add_density(t, fields(law::GridPart(grid)));
  series.add_particles(0.1, {{0.5, 0, 0}}, {7});
  const auto density = read(folder / "density.pvd");
  EXPECT_NE(density.find("timestep=\"0.1\" part=\"0\" file=\"density/density_0001.vti\""), std::string::npos);
  EXPECT_NE(density.find("timestep=\"12.5\" part=\"0\" file=\"density/density_0002.vti\""),
            std::string::npos);
  EXPECT_NE(read(folder / "particles.pvd").find("timestep=\"0.1\""), std::string::npos);
}

TEST_F(VtkSeries, KeepsParticlesAsVerticesWithTheirIds) {
  io::VtkSeries series(folder, law::GridPart(law::Grid({law::Axis("x", 0, 1, 3)})));
  series.add_particles(0, {{0.25, 0, 0}, {0.75, 0.5, -1}}, {3, 16777217});
  vtkNew<vtkXMLPolyDataReader> reader;
  reader->SetFileName((folder / "particles/particles_0000.vtp").c_str());
  reader->Update();
  auto* particles = reader->GetOutput();
  ASSERT_EQ(particles->GetNumberOfPoints(), 2);
  EXPECT_EQ(particles->GetNumberOfVerts(), 2);  // without vertices ParaView shows nothing
  EXPECT_EQ(particles->GetPoint(1)[2], -1.0);
  EXPECT_EQ(particles->GetPointData()->GetArray("id")->GetComponent(1, 0), 16777217.0);  // 2^24 + 1: no float
}

// Debian's ParaView 5.11 cannot parse VTK's appended data, though VTK's own reader can.
TEST_F(VtkSeries, NeverAppendsItsData) {
  const law::Grid graded({law::Axis("x", {0, 1, 3})}), uniform({law::Axis("x", 0, 1, 64)});
  std::size_t checked = 0;
  for (const auto& grid : {graded, uniform}) {
    io::VtkSeries series(folder, law::GridPart(grid));
    series.add_density(0, fields(law::GridPart(grid)));
    series.add_particles(0, {{0, 0, 0}}, {0});
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.path().extension().string().starts_with(".vt")) continue;
      const auto text = read(entry.path());
      EXPECT_EQ(text.find("format=\"appended\""), std::string::npos) << entry.path();
      EXPECT_NE(text.find("format=\"binary\""), std::string::npos) << entry.path();
      EXPECT_NE(text.find("vtkZLibDataCompressor"), std::string::npos) << entry.path();
      ++checked;
    }
  }
  EXPECT_EQ(checked, 4U);
}

TEST_F(VtkSeries, ForgetsAnOlderSeriesAndNothingElse) {
  const law::Grid grid({law::Axis("x", 0, 1, 3)});
  {
    io::VtkSeries older(folder, law::GridPart(grid));
    for (const double t : {0.0, 1.0}) older.add_density(t, fields(law::GridPart(grid)));
  }
  io::write_whole(folder / "density/mine.txt", "kept");
  io::VtkSeries series(folder, law::GridPart(grid));
  EXPECT_FALSE(fs::exists(folder / "density/density_0001.vti"));
  EXPECT_FALSE(fs::exists(folder / "density.pvd"));
  EXPECT_TRUE(fs::exists(folder / "density/mine.txt"));
}

TEST_F(VtkSeries, RefusesAFieldThatDoesNotFitTheGrid) {
  const law::Grid grid({law::Axis("x", 0, 1, 3)});
  io::VtkSeries series(folder, law::GridPart(grid));
  EXPECT_THROW(series.add_density(0, {{"density", 1, {1, 2}}}), std::invalid_argument);
}

TEST_F(VtkSeries, SaysWhenItCannotWrite) {
  const law::Grid grid({law::Axis("x", 0, 1, 3)});
  io::VtkSeries series(folder, law::GridPart(grid));
  fs::remove_all(folder / "density");
  io::write_whole(folder / "density", "a file where the folder should be");
  EXPECT_THROW(series.add_density(0, fields(law::GridPart(grid))), io::OutputError);
}

TEST_F(VtkSeries, LeavesAViewThatFindsTheSeriesBesideItself) {
  const law::Grid grid({law::Axis("angle \"θ\"", 0, 1, 3)});
  const io::VtkSeries series(folder, law::GridPart(grid));
  series.write_view("a \"quoted\" \\ title");
  const auto view = read(folder / "view.py");
  EXPECT_NE(view.find(R"(TITLE = "a \"quoted\" \\ title")"), std::string::npos);
  EXPECT_NE(view.find("os.path.dirname(os.path.abspath(__file__))"), std::string::npos);
  EXPECT_EQ(view.find(folder.string()), std::string::npos);
  EXPECT_EQ(view.find("ColorBy(rep, None)"), std::string::npos);
}

/// Two times of the example's Gaussian with 300 particles.
void write_example(const fs::path& folder, const law::Grid& grid) {
  const law::GridPart part(grid);
  io::VtkSeries series(folder, part);
  std::mt19937 random(7);
  for (const double t : {0.5, 2.0}) {
    io::CellField density{"density", 1, {}};
    for (std::size_t c = 0; c < part.size(); ++c) {
      const auto x = grid.center(part.index(c));
      double p = 1;
      for (std::size_t a = 0; a < grid.dimension(); ++a)
        p *= io::example::normal(x[a], io::example::mean(a, t), io::example::deviation(t));
      density.values.push_back(p);
    }
    series.add_density(t, {density});
    const auto particles = io::example::snapshot(grid.dimension(), {-4, 4}, t, random).particles;
    std::vector<double> ids;
    for (std::size_t i = 0; i < particles.size(); ++i) ids.push_back(static_cast<double>(i));
    series.add_particles(t, particles, ids);
  }
  series.write_view("Relaxation of an Ornstein-Uhlenbeck process");
}

// Set FPK_PICTURES to a folder, then open its view.py in ParaView.
TEST_F(VtkSeries, IsWrittenForEveryKindOfGridSoThatItCanBeLookedAt) {
  const char* wanted = std::getenv("FPK_PICTURES");
  const fs::path pictures = wanted ? fs::path(wanted) : fs::temp_directory_path() / "fpk-vtk-series";
  const law::Axis x("x", -4, 4, 128), y("y", -4, 4, 64), z("z", -4, 4, 48);
  auto edges = io::example::edges(64, -2, 2);
  for (auto& e : edges) e *= std::abs(e);
  write_example(pictures / "line", law::Grid({x}));
  write_example(pictures / "plane", law::Grid({x, y}));
  write_example(pictures / "graded_plane", law::Grid({x, law::Axis("y", edges)}));
  write_example(pictures / "box", law::Grid({x, y, z}));
  for (const char* kind : {"line", "plane", "graded_plane", "box"})
    for (const char* file : {"density.pvd", "particles.pvd", "view.py"})
      EXPECT_TRUE(fs::exists(pictures / kind / file)) << kind << ' ' << file;
  if (!wanted) fs::remove_all(pictures);
}

}  // namespace
